// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/// Puts IP packets together again from fragments, in whatever order these come (RFC 791 §3.2, RFC
/// 8200 §4.5).
///
/// Where fragments overlap, what came first stays. A packet that is not whole after 30 seconds is
/// let go, since its identification may then mean another; so is the oldest one when too many wait.
/// It is a gap if its first fragment looks like SIP; those without a first fragment, whose content
/// nobody can tell, are counted together.
final class Fragments {
    static final int MAX_PACKETS = 1024;

    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    private record Key(
            boolean v6, long sourceHigh, long sourceLow, long targetHigh, long targetLow, long id) {
        @Override
        public int hashCode() {
            return (int) Hash.of(sourceHigh, sourceLow, targetHigh, targetLow, id);
        }
    }

    private final Tally tally;
    private final Endpoints endpoints;
    private final Map<Key, Pieces> waiting = new LinkedHashMap<>();
    private final Unread headless = new Unread();

    Fragments(Tally tally, Endpoints endpoints) {
        this.tally = tally;
        this.endpoints = endpoints;
    }

    /// Takes one fragment. Once its packet is whole, the packet stands at what it carries.
    ///
    /// @param packet stands at the fragment's content
    /// @param id what the fragments of one packet share besides their addresses
    /// @param offset where the content belongs, in octets
    /// @param more whether this is not the last fragment
    /// @return the protocol of what the packet carries, or -1 as long as it is not whole
    int add(Packet packet, long id, int protocol, int offset, boolean more) {
        dropOld(packet.nanos);
        var key =
                new Key(
                        packet.v6,
                        packet.sourceHigh,
                        packet.sourceLow,
                        packet.targetHigh,
                        packet.targetLow,
                        id);
        var pieces = waiting.get(key);
        if (pieces == null) {
            if (waiting.size() == MAX_PACKETS) dropEldest(Gap.Kind.LIMIT);
            pieces = new Pieces(packet.frame, packet.nanos);
            waiting.put(key, pieces);
        }
        pieces.add(packet, protocol, offset, more);
        if (!pieces.isWhole()) return -1;
        waiting.remove(key);
        packet.bytes = pieces.bytes();
        packet.from = 0;
        packet.to = pieces.total();
        packet.missing = 0;
        return pieces.protocol();
    }

    void end() {
        while (!waiting.isEmpty()) dropEldest(Gap.Kind.FRAGMENT);
        headless.tell(
                tally,
                Gap.Kind.FRAGMENT,
                "IP packets without their first fragment, so that nobody can tell what they held");
    }

    private void dropOld(long now) {
        while (!waiting.isEmpty()) {
            var eldest = waiting.values().iterator().next();
            if (now - eldest.nanos() < PATIENCE_NANOS) return;
            dropEldest(Gap.Kind.FRAGMENT);
        }
    }

    private void dropEldest(Gap.Kind kind) {
        var entries = waiting.entrySet().iterator();
        var eldest = entries.next();
        entries.remove();
        var key = eldest.getKey();
        var pieces = eldest.getValue();
        var start = pieces.startLength();
        if (start == 0) {
            if (pieces.protocol() == UDP) headless.add(pieces.frame());
        } else if (pieces.protocol() == UDP && looksLikeSip(pieces.bytes(), start)) {
            tally.missed(
                    kind,
                    pieces.frame(),
                    pieces.nanos(),
                    endpoints.of(key.v6, key.sourceHigh, key.sourceLow, port(pieces, 0)),
                    endpoints.of(key.v6, key.targetHigh, key.targetLow, port(pieces, 2)),
                    pieces.says());
        }
    }

    private static boolean looksLikeSip(byte[] bytes, int length) {
        return length > UDP_HEADER && SipStart.judge(bytes, UDP_HEADER, length) != SipStart.NO;
    }

    private static int port(Pieces pieces, int at) {
        return Octets.u16(pieces.bytes(), at);
    }
}
