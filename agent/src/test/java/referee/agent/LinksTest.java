// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import referee.sip.StreamFramer;
import referee.sip.Transport;
import referee.stack.Draft;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Local;

/// What connections are worth that are used badly: each loses only itself.
class LinksTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration SOON = Duration.ofMillis(200);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int count;

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) one.close();
    }

    private Agent serving(Transport transport, Wiring wiring) throws IOException {
        var agent = Agent.on(wiring.listen(transport, ANY)).start();
        open.add(agent);
        return agent;
    }

    private Socket connect(Agent agent) throws IOException {
        var at = agent.locals().getFirst().address();
        var socket = new Socket(at.host(), at.port());
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    private void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private String ping() {
        count++;
        return """
        OPTIONS sip:a@127.0.0.1 SIP/2.0\r
        Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK%d\r
        From: <sip:b@127.0.0.1>;tag=1\r
        To: <sip:a@127.0.0.1>\r
        Call-ID: %d\r
        CSeq: 1 OPTIONS\r
        Max-Forwards: 70\r
        Content-Length: 0\r
        \r
        """
                .formatted(count, count);
    }

    private void assertAnswers(Socket socket) throws IOException {
        say(socket, ping());
        assertThat(line(socket)).isEqualTo("SIP/2.0 200 OK");
        while (!line(socket).isEmpty()) {}
    }

    /// A connection over which a message has been answered, however slow this machine is.
    private Socket answering(Agent agent) throws IOException {
        while (true) {
            var socket = connect(agent);
            try {
                assertAnswers(socket);
                return socket;
            } catch (IOException | AssertionError e) {
                if (!isGone(socket)) throw e;
            }
        }
    }

    private static boolean isGone(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (var c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) line.append((char) c);
        return line.toString().strip();
    }

    /// Whether the other side ends it, with or without a word.
    private static void assertEnds(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {}
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection still stands", e);
        } catch (IOException e) {
            // reset: it has ended
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OPTIONS sip:a SIP/2.0\r\nVia: ",
                "neither",
                "OPTIONS sip:a SIP/2.0\r\nContent-Length: 9\r\n\r\nhalf"
            })
    void endsAConnectionOnWhichNoWholeMessageComes(String half) throws IOException {
        var agent = serving(Transport.TCP, Wiring.none().stall(SOON));
        var slow = connect(agent);
        say(slow, half);
        assertEnds(slow);
        answering(agent);
    }

    @Test
    void endsAConnectionThatBeginsAMessageAndDoesNotEndIt() throws IOException {
        var agent = serving(Transport.TCP, Wiring.none().stall(SOON));
        var slow = answering(agent);
        say(slow, "INVITE sip:a");
        assertEnds(slow);
    }

    @Test
    void letsAConnectionRestBetweenMessages() throws IOException {
        var agent = serving(Transport.TCP, Wiring.none().stall(SOON));
        var resting = answering(agent);
        var other = connect(agent);
        assertEnds(other);
        assertAnswers(resting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MESSAGE sip:a SIP/2.0\r\nContent-Length: 999999999\r\n\r\n"})
    void endsAConnectionOnWhichTooMuchComes(String head) throws IOException {
        var agent = serving(Transport.TCP, Wiring.none());
        var flood = connect(agent);
        var garbage = "x".repeat(1_000) + "\n";
        try {
            say(flood, head);
            for (var sent = 0; sent < 4 * StreamFramer.LONGEST; sent += garbage.length())
                say(flood, garbage);
        } catch (IOException e) {
            // it has ended already
        }
        assertEnds(flood);
        assertAnswers(connect(agent));
    }

    @Test
    void holdsOnlySoMuchOfMessagesThatAreNotWhole() throws IOException {
        var agent = serving(Transport.TCP, Wiring.none());
        var half = "MESSAGE sip:a SIP/2.0\r\nContent-Length: 250000\r\n\r\n" + "x".repeat(240_000);
        var ended = 0;
        for (var i = 0; i < 400 && ended == 0; i++) {
            var socket = connect(agent);
            socket.setSoTimeout(1);
            try {
                say(socket, half);
                if (i > 250 && isGone(socket)) ended++;
            } catch (IOException e) {
                ended++;
            }
        }
        assertThat(ended).isPositive();
        answering(agent);
    }

    @ParameterizedTest
    @CsvSource({
        "TLS, does not answer the handshake",
        "WS, timed out",
    })
    void givesUpAServerThatTakesTheConnectionAndSaysNothing(Transport transport, String says)
            throws Exception {
        try (var silent = new ServerSocket()) {
            silent.bind(ANY);
            var told = new CompletableFuture<Event>();
            var near =
                    Agent.on(Wiring.none().patience(SOON))
                            .locals(List.of(new Local(transport, new Endpoint("me.invalid", 443))))
                            .application((_, _, event) -> {
                                told.complete(event);
                                return List.of();
                            })
                            .start();
            open.add(near);
            var uri = "sip:127.0.0.1:" + silent.getLocalPort() + ";transport=" + transport.word();
            var _ = near.begin((agent, at) -> agent.request(at, Draft.request("OPTIONS", uri)));
            assertThat(told.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Event.Failed.class,
                            failed -> assertThat(Words.of(failed.why())).contains(says));
        }
    }

    @Test
    void passesOverALittleGarbage() throws IOException {
        var socket = connect(serving(Transport.TCP, Wiring.none()));
        say(socket, "what?\r\n\r\n\r\n");
        assertAnswers(socket);
    }

    @Test
    void answersAPingOfLineEnds() throws IOException {
        var socket = connect(serving(Transport.TCP, Wiring.none()));
        assertAnswers(socket);
        say(socket, "\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(2)).isEqualTo("\r\n".getBytes(US_ASCII));
    }

    @Test
    void takesNoMoreConnectionsThanItMay() throws IOException {
        var agent = serving(Transport.TCP, Wiring.none().mostLinks(2));
        var one = connect(agent);
        var two = connect(agent);
        assertAnswers(one);
        assertAnswers(two);
        assertEnds(connect(agent));
        one.close();
        assertAnswers(two);
        Socket another;
        do {
            another = connect(agent);
            say(another, ping());
        } while (!line(another).equals("SIP/2.0 200 OK"));
    }

    @Test
    void endsAWebSocketThatIsNeverWhole() throws IOException {
        var agent = serving(Transport.WS, Wiring.none().stall(SOON));
        var half = connect(agent);
        say(half, "GET / HTTP/1.1\r\nHost: here\r\nUpgr");
        assertEnds(half);
    }

    @Test
    void refusesAWebSocketForAnythingButSip() throws IOException {
        var socket = connect(serving(Transport.WS, Wiring.none()));
        say(socket, upgrade("chat"));
        assertThat(line(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    private static String upgrade(String protocol) {
        return "GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Protocol: "
                + protocol
                + "\r\n\r\n";
    }

    @Test
    void endsAWebSocketWhoseMessageIsTooLong() throws IOException {
        var socket = connect(serving(Transport.WS, Wiring.none()));
        say(socket, upgrade("sip"));
        assertThat(line(socket)).isEqualTo("HTTP/1.1 101 Switching Protocols");
        // FIN, text, masked, 64 bits of length
        var head = new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0};
        try {
            socket.getOutputStream().write(head);
            for (var i = 0; i < 1024; i++) say(socket, "x".repeat(1024));
        } catch (IOException e) {
            // it has ended already
        }
        assertEnds(socket);
    }
}
