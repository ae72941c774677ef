// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// SIPp on a free port.
final class Sipp {
    /// Registers the Contact that `-key contact` gives, with the account of `-au` and `-ap`.
    private static final String REGISTERS =
            """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <scenario name="registers with Digest">
            <send retrans="500"><![CDATA[
            @ONE@
            Content-Length: 0

            ]]></send>
            <recv response="401" auth="true"/>
            <send retrans="500"><![CDATA[
            @TWO@
            [authentication]
            Content-Length: 0

            ]]></send>
            <recv response="200"/>
            </scenario>
            """;

    private static final String REGISTER =
            """
            REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
            From: <sip:[service]@[remote_ip]:[remote_port]>;tag=[call_number]
            To: <sip:[service]@[remote_ip]:[remote_port]>
            Call-ID: [call_id]
            CSeq: @NUMBER@ REGISTER
            Contact: <[contact]>
            Max-Forwards: 70
            Expires: 120\
            """;

    private static final String REGISTERS_OPENLY =
            """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <scenario name="registers">
            <send retrans="500"><![CDATA[
            @ONE@
            Content-Length: 0

            ]]></send>
            <recv response="200"/>
            </scenario>
            """;

    private Sipp() {}

    /// Starts a scenario.
    ///
    /// @param more options and, of a client, whom it asks
    static Program start(Path directory, int port, String... more) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "sipp",
                                "-i",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-nostdin",
                                "-timeout",
                                "60"));
        command.addAll(List.of(more));
        return Program.start(directory, command);
    }

    /// Registers a user, with a challenge, for whoever listens at another port.
    ///
    /// @return the exit code
    static int register(Path directory, String server, String user, String password, int contact)
            throws IOException, InterruptedException {
        return register(directory, REGISTERS, server, user, password, contact);
    }

    /// The same where nobody is asked for credentials.
    static int registerOpenly(Path directory, String server, String user, int contact)
            throws IOException, InterruptedException {
        return register(directory, REGISTERS_OPENLY, server, user, "", contact);
    }

    private static int register(
            Path directory,
            String pattern,
            String server,
            String user,
            String password,
            int contact)
            throws IOException, InterruptedException {
        var scenario =
                pattern.replace("@ONE@", REGISTER.replace("@NUMBER@", "1"))
                        .replace("@TWO@", REGISTER.replace("@NUMBER@", "2"));
        var file = Files.writeString(directory.resolve("register.xml"), scenario);
        var at = "sip:" + user + "@127.0.0.1:" + contact;
        try (var sipp =
                start(
                        directory,
                        Programs.freePort(),
                        "-sf",
                        file.toString(),
                        "-s",
                        user,
                        "-au",
                        user,
                        "-ap",
                        password,
                        "-key",
                        "contact",
                        at,
                        "-m",
                        "1",
                        server)) {
            return sipp.exit();
        }
    }

    /// Starts the stock scenario `uas` and waits until it listens.
    static Program uas(Path directory, int port) throws IOException, InterruptedException {
        var sipp = start(directory, port, "-sn", "uas");
        sipp.awaitPort(port);
        return sipp;
    }
}
