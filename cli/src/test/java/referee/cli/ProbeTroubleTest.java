// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import referee.agent.Identity;
import referee.agent.Tls;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.practice.Practice;
import referee.practice.PracticeServer;
import referee.sip.Transport;

/// What the probe says where a connection cannot be had or does not last: in plain words, with what
/// to try, and exit code 7.
class ProbeTroubleTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir Path directory;

    private static Identity valid(String... names) {
        return Identity.selfSigned(List.of(names), Instant.now(), HOUR);
    }

    private Path pem(Identity identity) throws IOException {
        return Files.writeString(directory.resolve("ca.pem"), identity.pem());
    }

    private static PracticeServer practice(Tls tls) throws IOException {
        return PracticeServer.on(HERE, 0)
                .practice(Practice.Plan.DEFAULT.opened())
                .tls(tls)
                .webSocket(0)
                .secureWebSocket(0)
                .start();
    }

    private static int port(PracticeServer server, Transport transport) {
        return server.locals().stream()
                .filter(one -> one.transport() == transport)
                .findFirst()
                .orElseThrow()
                .address()
                .port();
    }

    private static Session ping(Transport transport, int port, Object... more) {
        var all =
                new ArrayList<>(
                        List.of(
                                "probe",
                                "options",
                                "sip:127.0.0.1:" + port,
                                "--transport",
                                transport.word()));
        for (var one : more) all.add(one.toString());
        return Session.run(all.toArray(String[]::new));
    }

    private static void assertNoWay(Session session, String... says) {
        assertThat(session.code()).as(session.out() + session.err()).isEqualTo(7);
        assertThat(session.out())
                .startsWith("NETWORK")
                .contains(says)
                .doesNotContain("Exception", "PKIX", "javax.", "java.", "null");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void trustsNoCertificateThatVouchesForItself(Transport transport) throws IOException {
        try (var server = practice(Tls.DEFAULT.being(valid("127.0.0.1")))) {
            assertNoWay(
                    ping(transport, port(server, transport)),
                    "(CN=127.0.0.1) is signed by itself, and not trusted",
                    "trust it (--ca FILE)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void saysWhenACertificateHasExpired(Transport transport) throws IOException {
        var old =
                Identity.selfSigned(
                        List.of("127.0.0.1"), Instant.parse("2024-03-01T00:00:00Z"), HOUR);
        try (var server = practice(Tls.DEFAULT.being(old))) {
            assertNoWay(
                    ping(transport, port(server, transport), "--ca", pem(old)),
                    "expired on 2024-03-01",
                    "has to be renewed");
        }
    }

    @Test
    void saysThatACertificateIsNotYetValid() throws IOException {
        var young =
                Identity.selfSigned(
                        List.of("127.0.0.1"), Instant.parse("2049-03-01T12:00:00Z"), HOUR);
        try (var server = practice(Tls.DEFAULT.being(young))) {
            assertNoWay(
                    ping(Transport.TLS, port(server, Transport.TLS), "--ca", pem(young)),
                    "valid only from 2049-03-01",
                    "clocks");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void saysWhomACertificateIsFor(Transport transport) throws IOException {
        var other = valid("pbx.example.com");
        try (var server = practice(Tls.DEFAULT.being(other))) {
            assertNoWay(
                    ping(transport, port(server, transport), "--ca", pem(other)),
                    "TLS name mismatch: the certificate is for [pbx.example.com]",
                    "call it by a name that its certificate has");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void saysThatTheOtherSideWantsACertificate(Transport transport) throws IOException {
        var identity = valid("127.0.0.1");
        var ca = pem(identity);
        try (var server = practice(Tls.DEFAULT.being(identity).trusting(ca).demanding())) {
            assertNoWay(
                    ping(transport, port(server, transport), "--ca", ca),
                    "wants a certificate of ours",
                    "(--client-cert)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void showsItsCertificateToWhoeverWantsOne(Transport transport) throws Exception {
        var own = clientPem();
        var identity = valid("127.0.0.1");
        var tls = Tls.DEFAULT.being(identity).trusting(own).demanding();
        try (var server = practice(tls)) {
            var port = port(server, transport);
            var session =
                    ping(transport, port, "--ca", pem(identity), "--client-cert", own.toString());
            assertThat(session.code()).as(session.out() + session.err()).isZero();
        }
    }

    /// A key and its certificate, which the JDK's own tool makes.
    private Path clientPem() throws Exception {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        assumeTrue(Files.isExecutable(tool), tool + " is not there");
        var store = directory.resolve("client.p12");
        var made =
                new ProcessBuilder(
                                tool.toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=client")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var name = keys.aliases().nextElement();
        return Files.writeString(
                directory.resolve("client.pem"),
                block("PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded())
                        + block("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    }

    private static String block(String label, byte[] octets) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(octets), label);
    }

    @Test
    void saysWhatAFileOfCertificatesHasToHold() throws IOException {
        var file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        var session = ping(Transport.TLS, 9, "--ca", file);
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains(file + " — holds no certificate that can be read");
        var key = ping(Transport.TLS, 9, "--client-cert", file);
        assertThat(key.code()).isEqualTo(2);
        assertThat(key.err()).contains(file + " — holds no key and certificate");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void saysThatAPortDoesNotSpeakTls(Transport transport) throws IOException {
        var plain = transport == Transport.TLS ? Transport.TCP : Transport.WS;
        try (var server = practice(Tls.DEFAULT.being(valid("127.0.0.1")))) {
            assertNoWay(ping(transport, port(server, plain)), "no TLS: ", "is it ", "TLS");
        }
    }

    @Test
    void saysThatAPortIsForTls() throws IOException {
        try (var server = practice(Tls.DEFAULT.being(valid("127.0.0.1")))) {
            assertNoWay(
                    ping(Transport.TCP, port(server, Transport.TLS)),
                    "the port is for TLS — use --transport tls");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "40, 'has no cipher in common with us, or wants a certificate of ours'",
        "70, 'has to offer TLS 1.2 or 1.3'",
        "112, 'check the host of the URI'",
        "80, 'look at its log (alert internal_error)'"
    })
    void saysWhatAnAlertMeans(int alert, String says) throws IOException {
        var octets = new byte[] {0x15, 3, 3, 0, 2, 2, (byte) alert};
        try (var server = new Scripted(octets)) {
            assertNoWay(ping(Transport.TLS, server.port()), "no TLS: ", says);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "WS", "WSS"})
    void saysThatNobodyListens(Transport transport) throws IOException {
        int port;
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(HERE, 0));
            port = socket.getLocalPort();
        }
        assertNoWay(
                ping(transport, port),
                "nobody listens there: ",
                "(" + transport + " 127.0.0.1:" + port + ")",
                "are port and transport right?");
    }

    @Test
    void saysThatAServerClosesTheConnection() throws IOException {
        try (var server = new Scripted(new byte[0])) {
            assertNoWay(
                    ping(Transport.TCP, server.port()),
                    "the connection was closed: ",
                    "look at the log of the other side");
        }
    }

    @Test
    void showsWhatIsNoSip() throws IOException {
        try (var server =
                new Scripted("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertNoWay(
                    ping(Transport.TCP, server.port()),
                    "what it said is no SIP: SSH-2.0-OpenSSH_9.6");
        }
    }

    @Test
    void saysThatAWebServerTakesNoWebSocket() throws IOException {
        var answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        try (var server = new Scripted(answer.getBytes(StandardCharsets.US_ASCII))) {
            assertNoWay(
                    ping(Transport.WS, server.port()),
                    "the upgrade to WebSocket was answered with 404",
                    "--ws-path");
        }
    }

    /// Nobody looks up nowhere.invalid: the request goes where its Route says.
    @Test
    void sendsEverythingThroughTheProxy() throws IOException {
        var trace = directory.resolve("call.trace");
        try (var server =
                PracticeServer.on(HERE, 0).practice(Practice.Plan.DEFAULT.opened()).start()) {
            var proxy = "sip:127.0.0.1:" + port(server, Transport.TCP);
            var session =
                    Session.run(
                            "probe",
                            "call",
                            "sip:echo@nowhere.invalid",
                            "--proxy",
                            proxy,
                            "--transport",
                            "tcp",
                            "--talk",
                            "0",
                            "--save",
                            trace.toString());
            assertThat(session.code()).as(session.out() + session.err()).isZero();
            assertThat(Files.readString(trace))
                    .contains("INVITE sip:echo@nowhere.invalid SIP/2.0")
                    .contains("Route: <" + proxy + ";lr;transport=tcp>");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, algorithm=MD5", "true, algorithm=SHA-256"})
    void answersTheTopmostChallengeOrTheStrongest(boolean strongest, String algorithm)
            throws IOException {
        var trace = directory.resolve("register.trace");
        var accounts = Files.writeString(directory.resolve("accounts"), "alice * wonderland\n");
        try (var server =
                PracticeServer.on(HERE, 0).practice(Practice.Plan.DEFAULT.withMd5First()).start()) {
            var command =
                    new ArrayList<>(
                            List.of(
                                    "probe",
                                    "register",
                                    server.uri("alice"),
                                    "--credentials",
                                    accounts.toString(),
                                    "--save",
                                    trace.toString()));
            if (strongest) command.add("--strongest");
            var session = Session.run(command.toArray(String[]::new));
            assertThat(session.code()).as(session.out() + session.err()).isZero();
        }
        assertThat(Files.readString(trace).lines())
                .filteredOn(line -> line.contains("Authorization: "))
                .isNotEmpty()
                .allMatch(line -> line.contains(algorithm));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "WS"})
    void opensTheConnectionAnewWhereTheServerHasRestarted(Transport transport) throws Exception {
        var identity = valid("127.0.0.1");
        var ca = pem(identity);
        var standing = new CountDownLatch(1);
        var port = freePorts();
        var first = restartable(identity, port, standing);
        var running =
                CompletableFuture.supplyAsync(() ->
                        Session.run(
                                "probe",
                                "call",
                                "sip:echo@127.0.0.1:" + port(first, transport),
                                "--transport",
                                transport.word(),
                                "--talk",
                                "2",
                                "--ca",
                                ca.toString()));
        assertThat(standing.await(30, TimeUnit.SECONDS)).as("a call that stands").isTrue();
        first.close();
        try (var _ = restartable(identity, port, standing)) {
            var session = running.get(30, TimeUnit.SECONDS);
            assertThat(session.out())
                    .as(session.err())
                    .contains("note: the " + transport + " connection to 127.0.0.1:")
                    .contains("was lost: ");
            assertThat(session.err()).contains("BYE").contains("481");
        }
    }

    /// The first of three ports that follow each other and are free.
    private static int freePorts() throws IOException {
        while (true) {
            try (var one = new ServerSocket(0, 1, HERE);
                    var _ = new ServerSocket(one.getLocalPort() + 1, 1, HERE);
                    var _ = new ServerSocket(one.getLocalPort() + 2, 1, HERE)) {
                return one.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                // another one
            }
        }
    }

    /// @param standing told when an ACK comes
    private static PracticeServer restartable(Identity identity, int port, CountDownLatch standing)
            throws IOException {
        return PracticeServer.on(HERE, port)
                .practice(Practice.Plan.DEFAULT.opened())
                .tls(Tls.DEFAULT.being(identity))
                .webSocket(port + 2)
                .witness(
                        new Listening(sighting -> {
                            var message = sighting.message();
                            if (message.isRequest() && message.method().equals("ACK"))
                                standing.countDown();
                        }))
                .start();
    }

    private record Listening(Consumer<Sighting> told) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            told.accept(sighting);
        }

        @Override
        public void missed(Gap gap) {}

        @Override
        public void unreachable(Unreachable error) {}
    }

    /// Takes a connection, reads what comes first, says this and closes.
    private static final class Scripted implements AutoCloseable {
        private final ServerSocket server = new ServerSocket();

        Scripted(byte[] says) throws IOException {
            server.bind(new InetSocketAddress(HERE, 0));
            Thread.ofVirtual().start(() -> serve(says));
        }

        private void serve(byte[] says) {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    var _ = socket.getInputStream().read(new byte[4096]);
                    socket.getOutputStream().write(says);
                } catch (IOException e) {
                    // the next one
                }
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
