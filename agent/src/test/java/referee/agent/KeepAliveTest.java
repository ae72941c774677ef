// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.stack.Destination;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.Target;
import referee.stack.TransportError;

class KeepAliveTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final String MESSAGE =
            "OPTIONS sip:a SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n";

    @Test
    void isDueEach95To120SecondsAndNeverInStep() {
        var keepAlive = new KeepAlive(new SplittableRandom(1), START);
        var gaps = new HashSet<Duration>();
        var last = START;
        for (var i = 0; i < 100; i++) {
            var due = keepAlive.wakeAt();
            assertThat(keepAlive.isDue(due.minusMillis(1))).isFalse();
            assertThat(keepAlive.isDue(due)).isTrue();
            assertThat(keepAlive.isDue(due)).isFalse();
            var gap = Duration.between(last, due);
            assertThat(gap).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(120));
            gaps.add(gap);
            last = due;
        }
        assertThat(gaps).hasSizeGreaterThan(50);
    }

    @Test
    void pingsOverAConnectionThatItOpenedAndDoesNotAnswerThere() throws Exception {
        var heard = new CompletableFuture<SipMessage>();
        var here = InetAddress.getLoopbackAddress();
        try (var server = new ServerSocket(0, 1, here);
                var network = new Network(Wiring.none(), new Listening(heard))) {
            var at = new Endpoint(here.getHostAddress(), server.getLocalPort());
            var to = new Destination.To(new Target(Transport.TCP, at, at.host()));
            network.send(1, to, Slice.of("a message"));
            try (var peer = server.accept()) {
                peer.setSoTimeout(20_000);
                network.ping();
                var in = peer.getInputStream();
                assertThat(read(in, 13)).isEqualTo("a message\r\n\r\n");
                peer.getOutputStream().write(("\r\n\r\n" + MESSAGE).getBytes(US_ASCII));
                heard.get(20, TimeUnit.SECONDS);
                network.send(2, to, Slice.of("another"));
                assertThat(read(in, 7)).isEqualTo("another");
            }
        }
    }

    private static String read(InputStream in, int octets) throws IOException {
        return new String(in.readNBytes(octets), US_ASCII);
    }

    private record Listening(CompletableFuture<SipMessage> heard) implements Ears {
        @Override
        public void received(Flow flow, SipMessage message) {
            heard.complete(message);
        }

        @Override
        public void noise(Flow flow, String why) {}

        @Override
        public void sent(Flow flow, Slice bytes) {}

        @Override
        public void failed(long send, TransportError error) {}

        @Override
        public void lost(Flow flow, TransportError error) {}
    }
}
