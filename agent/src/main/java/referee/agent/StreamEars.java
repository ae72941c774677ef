// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import referee.sip.SipMessage;
import referee.sip.StreamFramer;
import referee.sip.Transport;
import referee.stack.Flow;
import referee.stack.TransportError;

/// What comes over a stream: messages are cut out of it by Content-Length (RFC 3261 §18.3), and a
/// ping of two line ends is answered with one (RFC 5626 §4.4.1). Owned by the thread that reads.
final class StreamEars implements StreamFramer.Receiver {
    /// Nothing good will come over this stream any more.
    static final class Useless extends IOException {
        private static final long serialVersionUID = 1L;

        private final TransportError.Kind kind;
        private final String says;

        Useless(TransportError.Kind kind, String says) {
            super(says);
            this.kind = kind;
            this.says = says;
        }

        TransportError.Kind kind() {
            return kind;
        }

        String says() {
            return says;
        }
    }

    /// Of messages that are not whole yet, over all streams of a network, in octets.
    private static final long MOST_HELD = 64 << 20;

    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int SHOWN = 40;

    private final Ears ears;
    private final Flow flow;
    private final Duration stall;
    private final boolean accepted;
    private final AtomicLong held;
    private final Runnable pong;
    private int heldHere;
    private final StreamFramer framer = new StreamFramer(this);
    private boolean half;
    private boolean heard;
    private boolean waits;
    private long since = System.nanoTime();
    private long useless;
    private String first = "";

    /// @param stall how long a message may take to come whole
    /// @param accepted whether somebody else opened it: the first message has to come as soon, and
    ///   pings are to be answered
    /// @param held octets of messages that are not whole yet, of all streams
    /// @param pong answers a ping
    StreamEars(
            Ears ears,
            Flow flow,
            Duration stall,
            boolean accepted,
            AtomicLong held,
            Runnable pong) {
        this.ears = ears;
        this.flow = flow;
        this.stall = stall;
        this.waits = accepted;
        this.accepted = accepted;
        this.held = held;
        this.pong = pong;
    }

    /// How long the next octets may take; 0 for as long as they like.
    ///
    /// @throws SocketTimeoutException if they have taken too long already
    int millisLeft() throws SocketTimeoutException {
        if (!waits) return 0;
        var left = stall.minusNanos(System.nanoTime() - since).toMillis();
        if (left <= 0) throw new SocketTimeoutException();
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    void feed(byte[] octets, int length) throws Useless {
        if (!heard && first.isEmpty()) greeted(octets, length);
        var before = heard;
        heard = false;
        framer.feed(octets, 0, length);
        var whole = heard;
        heard |= before;
        if (framer.skipping() + useless > StreamFramer.LONGEST)
            throw new Useless(TransportError.Kind.CLOSED, "too much came that is no SIP");
        if (count(framer.held()) > MOST_HELD && framer.held() > 0)
            throw new Useless(TransportError.Kind.CLOSED, "too many messages are half here");
        if (whole || !waits) since = System.nanoTime();
        waits = framer.held() > 0 || waits && !whole;
    }

    private void greeted(byte[] octets, int length) throws Useless {
        var tls = length > 1 && octets[1] == 3 && flow.transport() == Transport.TCP;
        if (tls && octets[0] == TLS_ALERT)
            throw new Useless(
                    TransportError.Kind.TLS,
                    "the port is for TLS — use --transport tls, or a sips: URI");
        if (tls && octets[0] == TLS_HANDSHAKE)
            throw new Useless(TransportError.Kind.TLS, "the peer speaks TLS, and we do not here");
        first = new String(octets, 0, Math.min(length, SHOWN), ISO_8859_1);
    }

    private long count(int now) {
        var all = held.addAndGet((long) now - heldHere);
        heldHere = now;
        return all;
    }

    /// Whoever reads no more has to say so.
    void end() {
        count(0);
        framer.end();
    }

    /// What came instead of SIP, in words; empty if SIP came, or nothing.
    String noise() {
        return heard || first.isBlank()
                ? ""
                : ", and what it said is no SIP: " + first.replaceAll("[^ -~]+", " ").strip();
    }

    @Override
    public void message(SipMessage message) {
        half = false;
        heard = true;
        useless = 0;
        ears.received(flow, message);
    }

    @Override
    public void skipped(long octets, String why) {
        useless += octets;
        ears.noise(flow, octets + " octets: " + why);
    }

    @Override
    public void emptyLine() {
        if (half && accepted) pong.run();
        half = !half;
    }
}
