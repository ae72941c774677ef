// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Transport;

/// Packets that are one message each, whatever their port, if they look like one.
///
/// Keep-alives, STUN and media look like none and go by unseen.
final class Messages {
    /// So many octets tell SIP from media; with fewer nobody can say.
    static final int TELLING = 16;

    private final Tally tally;
    private final Endpoints endpoints;
    private final String protocol;
    private final Unread cut = new Unread();

    /// @param protocol as gaps call it
    Messages(Tally tally, Endpoints endpoints, String protocol) {
        this.tally = tally;
        this.endpoints = endpoints;
        this.protocol = protocol;
    }

    /// @param packet stands at what may be a message
    /// @return whether it is one, or the beginning of one
    boolean read(Packet packet, Transport transport) {
        if (packet.missing > 0) return cut(packet, transport);
        if (packet.length() == 0) return false;
        if (!SipParser.looksLikeSip(packet.bytes, packet.from, packet.to)) return false;
        message(packet, transport);
        return true;
    }

    /// The capture kept nothing of what this packet carries.
    void cutBefore(Packet packet) {
        cut.add(packet.frame);
    }

    private void message(Packet packet, Transport transport) {
        var copy = Arrays.copyOfRange(packet.bytes, packet.from, packet.to);
        if (SipParser.parse(copy, 0, copy.length) instanceof SipMessage message) {
            tally.saw(
                    packet.frame,
                    packet.nanos,
                    endpoints.source(packet),
                    endpoints.target(packet),
                    transport,
                    message);
        }
    }

    /// The capture kept the beginning only. If the headers are whole, the message is evidence
    /// still.
    private boolean cut(Packet packet, Transport transport) {
        var start = SipStart.judge(packet.bytes, packet.from, packet.to);
        if (start == SipStart.NO) return false;
        if (start == SipStart.OPEN && packet.length() < TELLING) {
            cut.add(packet.frame);
            return false;
        }
        if (SipStart.headersEnd(packet.bytes, packet.from, packet.to)) message(packet, transport);
        tally.missed(
                Gap.Kind.SNAPLEN,
                packet.frame,
                packet.nanos,
                endpoints.source(packet),
                endpoints.target(packet),
                "cut off after " + packet.captured + " of " + packet.original + " octets");
        return true;
    }

    void end() {
        cut.tell(tally, Gap.Kind.SNAPLEN, protocol + " cut off before its content");
    }
}
