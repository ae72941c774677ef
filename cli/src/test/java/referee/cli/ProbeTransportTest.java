// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import referee.agent.Identity;
import referee.agent.Tls;
import referee.practice.PracticeServer;
import referee.sip.Transport;

/// The probe against practice over every transport and both versions of IP: registers with Digest,
/// calls and transfers.
class ProbeTransportTest {
    @TempDir Path directory;

    private Path ca = Path.of("");
    private Optional<PracticeServer> server = Optional.empty();

    static Stream<Arguments> everyTransport() {
        return Stream.of("127.0.0.1", "::1")
                .flatMap(host ->
                        Stream.of(
                                        Transport.UDP,
                                        Transport.TCP,
                                        Transport.TLS,
                                        Transport.WS,
                                        Transport.WSS)
                                .map(one -> Arguments.of(one, host)));
    }

    private void start(String host) throws IOException {
        var address = InetAddress.ofLiteral(host);
        assumeTrue(isHere(address), host + " is no address of this machine");
        var identity =
                Identity.selfSigned(
                        List.of(address.getHostAddress()), Instant.now(), Duration.ofHours(1));
        ca = Files.writeString(directory.resolve("ca.pem"), identity.pem());
        var made =
                PracticeServer.on(address, 0)
                        .tls(Tls.DEFAULT.being(identity))
                        .webSocket(0)
                        .secureWebSocket(0)
                        .start();
        server = Optional.of(made);
    }

    private static boolean isHere(InetAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        server.ifPresent(PracticeServer::close);
    }

    private Session probe(Transport transport, String what, String user, String... more)
            throws IOException {
        var accounts = directory.resolve("accounts");
        Files.writeString(accounts, "alice practice wonderland\n");
        var at =
                server.orElseThrow().locals().stream()
                        .filter(one -> one.transport() == transport)
                        .findFirst()
                        .orElseThrow()
                        .address();
        var all =
                new ArrayList<>(
                        List.of(
                                "probe",
                                what,
                                "sip:" + user + "@" + at,
                                "--transport",
                                transport.word(),
                                "--user",
                                "alice",
                                "--credentials",
                                accounts.toString(),
                                "--ca",
                                ca.toString()));
        if (!what.equals("register")) all.addAll(List.of("--talk", "0"));
        all.addAll(List.of(more));
        return Session.run(all.toArray(String[]::new));
    }

    private static void assertSucceeded(Session session, Transport transport) {
        assertThat(session.code()).as(session.out() + session.err()).isZero();
        assertThat(session.out()).startsWith("SUCCEEDED");
        assertThat(session.err().lines().filter(line -> line.contains(" -> ")))
                .as(session.err())
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" " + transport));
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void registersWithDigest(Transport transport, String host) throws IOException {
        start(host);
        var session = probe(transport, "register", "alice");
        assertSucceeded(session, transport);
        assertThat(session.err()).contains("challenged by [practice], answering");
    }

    @ParameterizedTest
    @CsvSource({"TCP, ::1", "WSS, 127.0.0.1"})
    void callsAndHangsUp(Transport transport, String host) throws IOException {
        start(host);
        var session = probe(transport, "call", "echo");
        assertSucceeded(session, transport);
        assertThat(session.err()).contains("200 OK (BYE)");
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, 127.0.0.1",
        "TCP, 127.0.0.1",
        "TLS, ::1",
        "WS, 127.0.0.1",
        "WS, ::1",
        "WSS, 127.0.0.1"
    })
    void transfersToTheTarget(Transport transport, String host) throws IOException {
        start(host);
        var to = server.orElseThrow().uri("answer", transport);
        var session = probe(transport, "transfer", "echo", "--to", to);
        assertSucceeded(session, transport);
        assertThat(session.out()).contains("transferred: the target answered with 200");
    }

    @ParameterizedTest
    @CsvSource({"UDP, ::1", "TLS, 127.0.0.1", "WSS, ::1"})
    void transfersToACallThatStands(Transport transport, String host) throws IOException {
        start(host);
        var to = server.orElseThrow().uri("answer", transport);
        var session = probe(transport, "transfer", "echo", "--attended", "--to", to);
        assertSucceeded(session, transport);
        assertThat(session.out()).contains("transferred: the target answered with 200");
    }
}
