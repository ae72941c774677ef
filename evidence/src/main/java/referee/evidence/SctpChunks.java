// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import referee.sip.Transport;

/// SCTP (RFC 9260): its DATA chunks, and the I-DATA chunks of RFC 8260. One user message is one SIP
/// message (RFC 4168 §3.2); messages in several chunks are put together again.
///
/// The direction that was silent for longest goes first when there are too many.
final class SctpChunks {
    static final int MAX_DIRECTIONS = 4096;

    private static final int HEADER = 12;
    private static final int DATA = 0;
    private static final int I_DATA = 64;
    private static final int LAST = 1;
    private static final int FIRST = 2;

    /// One direction of an association.
    private record Way(
            boolean v6,
            long sourceHigh,
            long sourceLow,
            long targetHigh,
            long targetLow,
            int ports,
            int tag) {}

    private final Tally tally;
    private final Messages messages;
    private final Map<Way, SctpPieces> ways = new LinkedHashMap<>(16, 0.75f, true);
    private final Unread unfinished = new Unread();

    SctpChunks(Tally tally, Endpoints endpoints) {
        this.tally = tally;
        this.messages = new Messages(tally, endpoints, "SCTP");
    }

    /// @param packet stands at the SCTP header
    void read(Packet packet) {
        if (packet.length() < HEADER) {
            if (packet.missing > 0) messages.cutBefore(packet);
            return;
        }
        packet.sourcePort = Octets.u16(packet.bytes, packet.from);
        packet.targetPort = Octets.u16(packet.bytes, packet.from + 2);
        var way = way(packet);
        var bytes = packet.bytes;
        var to = packet.to;
        var missing = packet.missing;
        for (var at = packet.from + HEADER; to - at >= 4; ) {
            var length = Octets.u16(bytes, at + 2);
            if (length < 4) return;
            packet.bytes = bytes;
            packet.from = at;
            packet.to = Math.min(to, at + length);
            packet.missing = Math.min(missing, Math.max(0, at + length - to));
            chunk(packet, way);
            at += (length + 3) & ~3;
        }
    }

    private static Way way(Packet p) {
        return new Way(
                p.v6,
                p.sourceHigh,
                p.sourceLow,
                p.targetHigh,
                p.targetLow,
                p.sourcePort << 16 | p.targetPort,
                Octets.i32(p.bytes, p.from + 4));
    }

    private void chunk(Packet packet, Way way) {
        var type = Octets.u8(packet.bytes, packet.from);
        var header = type == DATA ? 16 : type == I_DATA ? 20 : 0;
        if (header == 0 || packet.length() < header) return;
        var at = packet.from;
        var flags = packet.bytes[at + 1];
        var number = Octets.i32(packet.bytes, at + 4);
        var pieces = pieces(way);
        packet.from += header;
        if (!pieces.isNew(number)) return;
        var first = (flags & FIRST) != 0;
        var last = (flags & LAST) != 0;
        if (first && last) {
            messages.read(packet, Transport.SCTP);
            return;
        }
        var stream = (long) Octets.u16(packet.bytes, at + 8) << 32;
        var message = type == DATA ? 0 : Octets.u32(packet.bytes, at + 12, true);
        // within a message, DATA counts by the chunk's own number, I-DATA from 0
        var place = type == DATA ? number : first ? 0 : Octets.i32(packet.bytes, at + 16);
        if (pieces.add(packet, stream | message, place, first, last))
            messages.read(packet, Transport.SCTP);
    }

    private SctpPieces pieces(Way way) {
        var known = ways.get(way);
        if (known != null) return known;
        if (ways.size() == MAX_DIRECTIONS) {
            var eldest = ways.entrySet().iterator();
            eldest.next().getValue().tell(unfinished);
            eldest.remove();
        }
        var pieces = new SctpPieces(unfinished);
        ways.put(way, pieces);
        return pieces;
    }

    void end() {
        messages.end();
        for (var pieces : ways.values()) pieces.tell(unfinished);
        unfinished.tell(tally, Gap.Kind.FRAGMENT, "SCTP messages of which chunks are missing");
    }
}
