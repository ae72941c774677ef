// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.sip.Transport;
import referee.stack.Draft;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Local;
import referee.stack.Output;
import referee.stack.Setup;
import referee.stack.TransportError;
import referee.stack.UserAgent;

/// Two agents on loopback, over each transport.
class AgentTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir Path directory;

    /// Keeps what happens for the test to look at.
    private static final class Heard implements Application {
        private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

        @Override
        public List<Output> on(UserAgent agent, Instant at, Event event) {
            events.add(event);
            return List.of();
        }

        /// The end of a request: what it came to.
        Event ending() throws InterruptedException {
            while (true) {
                var event = events.poll(20, TimeUnit.SECONDS);
                assertThat(event).as("an end of the request").isNotNull();
                if (event instanceof Event.Answered || event instanceof Event.Failed) return event;
            }
        }
    }

    private static final class Book implements Witness {
        private final List<Sighting> seen = new CopyOnWriteArrayList<>();

        @Override
        public void saw(Sighting sighting) {
            seen.add(sighting);
        }

        @Override
        public void missed(Gap gap) {}

        @Override
        public void unreachable(Unreachable error) {}
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP", "WS"})
    void asksAndIsAnsweredOver(Transport transport) throws Exception {
        assertAnswered(transport, Tls.DEFAULT, Tls.DEFAULT, "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void checksTheCertificateAndIsAnsweredOver(Transport transport) throws Exception {
        var pem =
                Certificates.make(
                        directory, "here", new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        assertAnswered(
                transport,
                Tls.DEFAULT.being(directory.resolve("here.p12"), Certificates.SECRET),
                Tls.DEFAULT.trusting(pem),
                "127.0.0.1");
    }

    /// RFC 7118 §5.2 knows `transport=ws` only, and §8.2 shows it in a `sip:` route over WSS.
    @Test
    void takesWsInASipUriForWssWhereItSpeaksNothingElse() throws Exception {
        var pem =
                Certificates.make(
                        directory, "here", new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        assertAnswered(
                Transport.WSS,
                Tls.DEFAULT.being(directory.resolve("here.p12"), Certificates.SECRET),
                Tls.DEFAULT.trusting(pem),
                (port, _) -> Draft.request("OPTIONS", "sip:127.0.0.1:" + port + ";transport=ws"));
    }

    private static void assertAnswered(Transport transport, Tls server, Tls client, String host)
            throws Exception {
        assertAnswered(transport, server, client, (port, over) -> options(host, port, over));
    }

    private static void assertAnswered(
            Transport transport,
            Tls server,
            Tls client,
            BiFunction<Integer, Transport, Draft> asking)
            throws Exception {
        var heard = new Heard();
        var book = new Book();
        try (var far = Agent.on(Wiring.none().listen(transport, ANY).tls(server)).start();
                var near =
                        Agent.on(caller(transport).tls(client))
                                .locals(locals(transport))
                                .application(heard)
                                .witness(book)
                                .start()) {
            var port = far.locals().getFirst().address().port();
            var _ = near.begin((agent, at) -> agent.request(at, asking.apply(port, transport)));

            assertThat(heard.ending())
                    .isInstanceOfSatisfying(
                            Event.Answered.class,
                            answered -> assertThat(answered.response().code()).isEqualTo(200));
            assertThat(book.seen)
                    .extracting(one -> one.message().isRequest() + " " + one.transport())
                    .contains("true " + transport, "false " + transport);
        }
    }

    /// A WebSocket client has no port of its own to be reached at (RFC 7118 §5).
    private static Wiring caller(Transport transport) {
        return transport == Transport.WS || transport == Transport.WSS
                ? Wiring.none()
                : Wiring.none().listen(transport, ANY).socketPerPeer();
    }

    private static List<Local> locals(Transport transport) {
        return transport == Transport.WS || transport == Transport.WSS
                ? List.of(new Local(transport, new Endpoint("me.invalid", 443)))
                : List.of();
    }

    private static Draft options(String host, int port, Transport transport) {
        var secure = transport == Transport.TLS || transport == Transport.WSS;
        var word =
                transport == Transport.WSS
                        ? "ws"
                        : transport == Transport.TLS ? "tcp" : transport.word();
        return Draft.request(
                "OPTIONS",
                "%s:%s:%d;transport=%s".formatted(secure ? "sips" : "sip", host, port, word));
    }

    @Test
    void closesAConnectionWhenItIsTold() throws Exception {
        Application closing =
                (_, _, event) ->
                        event instanceof Event.Asked(_, _, var flow)
                                ? List.of(new Output.Close(flow))
                                : List.of();
        try (var far =
                Agent.on(Wiring.none().listen(Transport.TCP, ANY))
                        .setup(locals -> Setup.of(locals).serves("OPTIONS"))
                        .application(closing)
                        .start()) {
            var port = far.locals().getFirst().address().port();

            assertThat(failure(Transport.TCP, port, Tls.DEFAULT).kind())
                    .isEqualTo(TransportError.Kind.CLOSED);
        }
    }

    @Test
    void isToldThatNobodyListens() throws Exception {
        assertThat(failure(Transport.UDP, free(Transport.UDP), Tls.DEFAULT).kind())
                .isEqualTo(TransportError.Kind.REFUSED);
        assertThat(failure(Transport.TCP, free(Transport.TCP), Tls.DEFAULT).kind())
                .isEqualTo(TransportError.Kind.REFUSED);
    }

    @Test
    void refusesACertificateForSomebodyElse() throws Exception {
        var pem =
                Certificates.make(
                        directory, "other", new GeneralName(GeneralName.dNSName, "other.example"));
        var server = Tls.DEFAULT.being(directory.resolve("other.p12"), Certificates.SECRET);
        try (var far = Agent.on(Wiring.none().listen(Transport.TLS, ANY).tls(server)).start()) {
            var port = far.locals().getFirst().address().port();
            var error = failure(Transport.TLS, port, Tls.DEFAULT.trusting(pem));

            assertThat(error.kind()).isEqualTo(TransportError.Kind.TLS_NAME);
            assertThat(error.detail()).contains("other.example").contains("127.0.0.1");
        }
    }

    @Test
    void trustsNoCertificateThatNobodySigned() throws Exception {
        Certificates.make(directory, "here", new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        var server = Tls.DEFAULT.being(directory.resolve("here.p12"), Certificates.SECRET);
        try (var far = Agent.on(Wiring.none().listen(Transport.TLS, ANY).tls(server)).start()) {
            var port = far.locals().getFirst().address().port();

            assertThat(failure(Transport.TLS, port, Tls.DEFAULT).kind())
                    .isEqualTo(TransportError.Kind.TLS);
        }
    }

    private static TransportError failure(Transport transport, int port, Tls tls) throws Exception {
        var heard = new Heard();
        try (var near =
                Agent.on(caller(transport).tls(tls)).setup(Setup::of).application(heard).start()) {
            var _ =
                    near.begin((agent, at) ->
                            agent.request(at, options("127.0.0.1", port, transport)));
            return heard.ending() instanceof Event.Failed(_, Failure.Unreachable(var error))
                    ? error
                    : new TransportError(TransportError.Kind.OTHER, "not what was expected");
        }
    }

    /// A port at which nobody listens.
    private static int free(Transport transport) throws IOException {
        if (transport == Transport.UDP) {
            try (var socket = new DatagramSocket(ANY)) {
                return socket.getLocalPort();
            }
        }
        try (var socket = new ServerSocket()) {
            socket.bind(ANY);
            return socket.getLocalPort();
        }
    }
}
