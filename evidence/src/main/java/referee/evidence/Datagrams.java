// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Transport;

/// UDP: one datagram is one message (RFC 3261 §18.1.1), whatever its port, if it looks like one.
///
/// Keep-alives, STUN and media look like none and go by unseen.
final class Datagrams {
    private static final int HEADER = 8;

    /// So many octets tell SIP from media; with fewer nobody can say.
    private static final int TELLING = 16;

    private final Tally tally;
    private final Endpoints endpoints;
    private final Unread cut = new Unread();

    Datagrams(Tally tally, Endpoints endpoints) {
        this.tally = tally;
        this.endpoints = endpoints;
    }

    /// @param packet stands at the UDP header
    void read(Packet packet) {
        if (packet.length() < HEADER) {
            if (packet.missing > 0) cut.add(packet.frame);
            return;
        }
        var bytes = packet.bytes;
        packet.sourcePort = Octets.u16(bytes, packet.from);
        packet.targetPort = Octets.u16(bytes, packet.from + 2);
        var length = Octets.u16(bytes, packet.from + 4);
        var end = packet.to + packet.missing;
        if (length >= HEADER) end = Math.min(end, packet.from + length);
        packet.from += HEADER;
        packet.missing = Math.max(0, end - packet.to);
        packet.to = Math.min(packet.to, end);
        payload(packet);
    }

    private void payload(Packet packet) {
        if (packet.length() == 0) {
            if (packet.missing > 0) cut.add(packet.frame);
        } else if (packet.missing > 0) {
            cut(packet);
        } else if (SipParser.looksLikeSip(packet.bytes, packet.from, packet.to)) {
            message(packet);
        }
    }

    private void message(Packet packet) {
        var copy = Arrays.copyOfRange(packet.bytes, packet.from, packet.to);
        if (SipParser.parse(copy, 0, copy.length) instanceof SipMessage message) {
            saw(packet, message);
        }
    }

    private void saw(Packet packet, SipMessage message) {
        tally.saw(
                packet.frame,
                packet.nanos,
                endpoints.source(packet),
                endpoints.target(packet),
                Transport.UDP,
                message);
    }

    /// The capture kept the beginning only. If the headers are whole, the message is evidence
    /// still.
    private void cut(Packet packet) {
        var start = SipStart.judge(packet.bytes, packet.from, packet.to);
        if (start == SipStart.NO) return;
        if (start == SipStart.OPEN && packet.length() < TELLING) {
            cut.add(packet.frame);
            return;
        }
        if (SipStart.headersEnd(packet.bytes, packet.from, packet.to)) message(packet);
        tally.missed(
                Gap.Kind.SNAPLEN,
                packet.frame,
                packet.nanos,
                endpoints.source(packet),
                endpoints.target(packet),
                "cut off after " + packet.captured + " of " + packet.original + " octets");
    }

    void end() {
        cut.tell(tally, Gap.Kind.SNAPLEN, "UDP cut off before its content");
    }
}
