// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Kamailio as registrar and proxy on a free port: accounts by HA1, bindings in memory,
/// Record-Route. What it sends and receives it writes down with its module sipdump.
final class Kamailio implements AutoCloseable {
    static final String REALM = "kamailio.example";

    private static final Map<String, String> ACCOUNTS =
            Map.of("alice", "wonderland", "bob", "builder", "carol", "singer");

    private static final String CONFIGURATION =
            """
            #!KAMAILIO
            debug=1
            log_stderror=yes
            fork=yes
            children=1
            tcp_children=1
            auto_aliases=no
            enable_sctp=no
            listen=udp:127.0.0.1:@PORT@
            listen=tcp:127.0.0.1:@PORT@
            mpath="@MODULES@/"
            loadmodule "tm.so"
            loadmodule "sl.so"
            loadmodule "rr.so"
            loadmodule "pv.so"
            loadmodule "maxfwd.so"
            loadmodule "usrloc.so"
            loadmodule "registrar.so"
            loadmodule "siputils.so"
            loadmodule "textops.so"
            loadmodule "xlog.so"
            loadmodule "auth.so"
            loadmodule "sipdump.so"
            modparam("usrloc", "db_mode", 0)
            modparam("rr", "enable_full_lr", 1)
            modparam("sipdump", "enable", 1)
            modparam("sipdump", "mode", 1)
            modparam("sipdump", "folder", "@DIRECTORY@")
            modparam("sipdump", "fprefix", "sipdump-")

            event_route[core:worker-one-init] {
                xlog("L_ALERT", "at work\\n");
            }

            request_route {
                if (!mf_process_maxfwd_header("10")) {
                    sl_send_reply("483", "Too Many Hops");
                    exit;
                }
                if (is_method("CANCEL")) {
                    if (t_check_trans()) t_relay();
                    exit;
                }
                if (has_totag()) {
                    route(WITHIN);
                    exit;
                }
                if (is_method("ACK")) {
                    t_check_trans();
                    exit;
                }
                if (is_method("OPTIONS") && uri==myself && $rU==$null) {
                    sl_send_reply("200", "OK");
                    exit;
                }
                if (is_method("REGISTER")) {
                    route(ACCOUNT);
                    if (!pv_www_authenticate("@REALM@", "$var(ha1)", "1")) {
                        www_challenge("@REALM@", "1");
                        exit;
                    }
                    save("location");
                    exit;
                }
                route(ASK);
                record_route();
                if (!lookup("location")) {
                    sl_send_reply("404", "Not Found");
                    exit;
                }
                t_relay();
            }

            route[WITHIN] {
                if (!loose_route()) {
                    if (is_method("ACK")) {
                        if (t_check_trans()) t_relay();
                        exit;
                    }
                    sl_send_reply("404", "Not Here");
                    exit;
                }
                if (is_method("@CHALLENGED@")) route(ASK);
                t_relay();
            }

            route[ACCOUNT] {
                $var(ha1) = "none";
            @ACCOUNTS@}

            route[ASK] {
                route(ACCOUNT);
                if (!pv_proxy_authenticate("@REALM@", "$var(ha1)", "1")) {
                    proxy_challenge("@REALM@", "1");
                    exit;
                }
                consume_credentials();
            }
            """;

    private final Path directory;
    private final int port;
    private final Program program;

    private Kamailio(Path directory, int port, Program program) {
        this.directory = directory;
        this.port = port;
        this.program = program;
    }

    /// @param challenged the method that is challenged in a dialog too, or one that nobody uses
    static Kamailio start(Path parent, String challenged) throws IOException, InterruptedException {
        var directory = Files.createDirectory(parent.resolve("kamailio"));
        var port = Programs.freePort();
        var configuration =
                CONFIGURATION
                        .replace("@PORT@", "" + port)
                        .replace(
                                "@MODULES@",
                                Programs.modules("kamailio/modules/registrar.so").toString())
                        .replace("@DIRECTORY@", directory.toString())
                        .replace("@REALM@", REALM)
                        .replace("@CHALLENGED@", challenged)
                        .replace("@ACCOUNTS@", accounts());
        var file = Files.writeString(directory.resolve("kamailio.cfg"), configuration);
        var where = directory.toString();
        var program =
                Program.start(
                        directory,
                        List.of(
                                "kamailio",
                                "-DD",
                                "-E",
                                "-m",
                                "32",
                                "-M",
                                "4",
                                "-f",
                                file.toString(),
                                "-w",
                                where,
                                "-Y",
                                where));
        var made = new Kamailio(directory, port, program);
        program.await("at work");
        return made;
    }

    private static String accounts() throws IOException {
        var lines = new StringBuilder();
        for (var user : List.of("alice", "bob", "carol"))
            lines.append(
                    "    if ($au == \"%s\") $var(ha1) = \"%s\";\n"
                            .formatted(user, ha1(user + ":" + REALM + ":" + password(user))));
        return lines.toString();
    }

    private static String ha1(String text) throws IOException {
        try {
            var octets = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    static String password(String user) {
        return ACCOUNTS.getOrDefault(user, "");
    }

    int port() {
        return port;
    }

    /// Its address, such as `127.0.0.1:5060`.
    String address() {
        return "127.0.0.1:" + port;
    }

    String uri(String user) {
        return "sip:" + user + "@" + address();
    }

    /// What it has written down: both sides of everything that it passed on.
    Path[] dumps() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".data")).toArray(Path[]::new);
        }
    }

    String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
