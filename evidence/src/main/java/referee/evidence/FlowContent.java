// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.Transport;

/// What one direction of a TCP connection carries: finds out by its first octets, and hands them on
/// to whoever reads that.
///
/// A stream that is picked up in its middle is taken for SIP unless one of its first segments
/// begins like something else.
final class FlowContent {
    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_TRIES = 64;

    private final Way way;
    private final Streams streams;
    private final Optional<TlsSession> tls;
    private boolean fromStart;
    private byte[] head = NOTHING;
    private int tries;
    private @Nullable Content content;

    /// @param tls of this connection; empty for what TLS carries
    FlowContent(Way way, Streams streams, Optional<TlsSession> tls) {
        this.way = way;
        this.streams = streams;
        this.tls = tls;
    }

    /// @param withSyn whether the connection's first octet will be seen
    void begin(boolean withSyn) {
        fromStart = withSyn;
        head = NOTHING;
        tries = 0;
        content = null;
    }

    boolean isOther() {
        return content != null && content.isOther() && (fromStart || tries >= MOST_TRIES);
    }

    int held() {
        return content == null ? head.length : content.held();
    }

    /// The next octets, in order.
    void feed(byte[] bytes, int from, int to, long frame, long nanos) {
        if (content == null && head.length > 0) {
            var joined = Arrays.copyOf(head, head.length + to - from);
            System.arraycopy(bytes, from, joined, head.length, to - from);
            head = NOTHING;
            feed(joined, 0, joined.length, frame, nanos);
            return;
        }
        var reader = reader(bytes, from, to);
        if (reader == null) head = Arrays.copyOfRange(bytes, from, to);
        else reader.feed(bytes, from, to, frame, nanos);
    }

    /// Null if these octets are too few to tell.
    private @Nullable Content reader(byte[] bytes, int from, int to) {
        if (from == to) return known();
        if (content == null) {
            var what =
                    fromStart ? Carried.atStart(bytes, from, to) : Carried.midway(bytes, from, to);
            if (what == Carried.OPEN) return null;
            content = open(what);
            return content;
        }
        if (!fromStart && tries < MOST_TRIES && content instanceof StreamContent sip) {
            tries++;
            var what = sip.isSip() ? Carried.SIP : Carried.midway(bytes, from, to);
            if (what != Carried.SIP) content = open(what);
        }
        return content;
    }

    private Content open(Carried what) {
        return switch (what) {
            case TLS -> tls.isPresent() ? new TlsContent(way, streams, tls.get()) : sip();
            case HTTP -> new WebSocketContent(way, streams, webSocket(), true);
            case WEBSOCKET -> new WebSocketContent(way, streams, webSocket(), false);
            case HEP -> new HepContent(streams);
            case SIP, OPEN -> sip();
        };
    }

    private Transport webSocket() {
        return tls.isPresent() ? Transport.WS : Transport.WSS;
    }

    private Content sip() {
        var transport = tls.isPresent() ? Transport.TCP : Transport.TLS;
        return new StreamContent(way, streams, transport, fromStart);
    }

    /// Whoever reads this, SIP if nobody is known to.
    private Content known() {
        if (content == null) content = open(Carried.SIP);
        return content;
    }

    /// Octets before the next ones are not in the capture.
    void lost(int octets, long frame, long nanos) {
        breakOff();
        known().lost(octets, frame, nanos);
    }

    /// The capture kept only the first octets of what this segment carries.
    void cut(int kept, int missing, long frame, long nanos) {
        breakOff();
        known().cut(kept, missing, frame, nanos);
    }

    private void breakOff() {
        head = NOTHING;
        if (content == null || content instanceof StreamContent sip && !sip.isSip())
            fromStart = false;
    }

    /// A segment that fills a hole after it was given up.
    void late(Packet packet) {
        known().late(packet);
    }

    /// The flow ends with this segment.
    void end(long frame, long nanos) {
        if (content != null) content.end(frame, nanos);
    }

    /// Nothing more will come, as far as the source tells.
    void end() {
        if (content != null) content.end();
    }

    /// There is no room for what waits.
    void letGo(int octets) {
        if (content != null) content.letGo(octets);
    }
}
