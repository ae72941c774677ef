// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import referee.sip.Transport;

/// UDP: one datagram is one message (RFC 3261 §18.1.1), a HEP report of one, or a packet of a
/// tunnel.
final class Datagrams {
    private static final int HEADER = 8;

    private final Messages messages;
    private final HepReports reports;
    private final Tunnels tunnels;

    Datagrams(Tally tally, Endpoints endpoints, HepReports reports, Tunnels tunnels) {
        this.messages = new Messages(tally, endpoints, "UDP");
        this.reports = reports;
        this.tunnels = tunnels;
    }

    /// @param packet stands at the UDP header
    void read(Packet packet) {
        if (packet.length() < HEADER) {
            if (packet.missing > 0) messages.cutBefore(packet);
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
        if (messages.read(packet, Transport.UDP) || reports.datagram(packet)) return;
        tunnels.datagram(packet);
    }

    void end() {
        messages.end();
    }
}
