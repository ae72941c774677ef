// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// IPv4 and IPv6, down to UDP, TCP, SCTP and ICMP. Stray lengths are cut to what is there; packets
/// in packets are opened, [Packet#MAX_DEPTH] deep.
final class IpLayer {
    private static final int ICMP = 1;
    private static final int IP_IN_IP = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int IPV6_IN_IP = 41;

    private static final int GRE = 47;
    private static final int ESP = 50;
    private static final int ICMPV6 = 58;
    private static final int SCTP = 132;
    private static final int MPLS_IN_IP = 137;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;

    private static final int MAX_EXTENSIONS = 16;

    private final Tally tally;
    private final Unread esp = new Unread();
    private final Unread deep = new Unread();
    private final Fragments fragments;
    private final Tunnels tunnels;
    private final HepReports reports;
    private final Datagrams datagrams;
    private final TcpStreams streams;
    private final SctpChunks chunks;
    private final IcmpErrors errors;

    IpLayer(Tally tally, TlsSecrets secrets) {
        this.tally = tally;
        var endpoints = new Endpoints();
        this.fragments = new Fragments(tally, endpoints);
        this.tunnels = new Tunnels(tally, this);
        this.reports = new HepReports(tally, endpoints);
        this.datagrams = new Datagrams(tally, endpoints, reports, tunnels);
        this.streams = new TcpStreams(tally, endpoints, reports, secrets);
        this.chunks = new SctpChunks(tally, endpoints);
        this.errors = new IcmpErrors(tally, endpoints);
    }

    /// @param packet stands at the IP header
    void packet(Packet packet) {
        if (packet.length() == 0) return;
        if (!packet.goDeeper()) {
            deep.add(packet.frame);
            return;
        }
        switch (Octets.u8(packet.bytes, packet.from) >> 4) {
            case 4 -> v4(packet);
            case 6 -> v6(packet);
            default -> {}
        }
    }

    void end() {
        fragments.end();
        datagrams.end();
        streams.end();
        chunks.end();
        reports.end();
        tunnels.end();
        esp.tell(tally, Gap.Kind.LINK, "ESP is encrypted");
        var nest = "packets in packets, more than " + Packet.MAX_DEPTH + " deep, are not opened";
        deep.tell(tally, Gap.Kind.LINK, nest);
    }

    /// RFC 791 §3.1.
    private void v4(Packet packet) {
        var bytes = packet.bytes;
        var from = packet.from;
        var header = (bytes[from] & 0x0f) * 4;
        if (header < 20 || packet.length() < header) return;
        packet.v6 = false;
        packet.sourceHigh = 0;
        packet.targetHigh = 0;
        packet.sourceLow = Octets.u32(bytes, from + 12, true);
        packet.targetLow = Octets.u32(bytes, from + 16, true);
        limit(packet, Octets.u16(bytes, from + 2));
        packet.from = Math.min(packet.to, from + header);
        var flags = Octets.u16(bytes, from + 6);
        var offset = (flags & 0x1fff) * 8;
        var more = (flags & 0x2000) != 0;
        var protocol = Octets.u8(bytes, from + 9);
        if (offset > 0 || more) {
            // RFC 791 §3.2: fragments of one packet share the protocol as well
            var id = Octets.u16(bytes, from + 4) | protocol << 16;
            protocol = fragments.add(packet, id, protocol, offset, more);
        }
        carry(packet, protocol);
    }

    /// RFC 8200 §3.
    private void v6(Packet packet) {
        var bytes = packet.bytes;
        var from = packet.from;
        if (packet.length() < 40) return;
        packet.v6 = true;
        packet.sourceHigh = Octets.i64(bytes, from + 8);
        packet.sourceLow = Octets.i64(bytes, from + 16);
        packet.targetHigh = Octets.i64(bytes, from + 24);
        packet.targetLow = Octets.i64(bytes, from + 32);
        var length = Octets.u16(bytes, from + 4);
        if (length > 0) limit(packet, length + 40);
        packet.from = from + 40;
        extensions(packet, Octets.u8(bytes, from + 6));
    }

    /// RFC 8200 §4.
    private void extensions(Packet packet, int first) {
        var next = first;
        for (var i = 0; i < MAX_EXTENSIONS; i++) {
            if (!isExtension(next)) {
                carry(packet, next);
                return;
            }
            if (packet.length() < 8) return;
            var at = packet.from;
            var units = Octets.u8(packet.bytes, at + 1);
            var header = next;
            var length = extensionLength(header, units);
            next = Octets.u8(packet.bytes, at);
            packet.from = Math.min(packet.to, at + length);
            if (header == FRAGMENT) next = fragment(packet, at, next);
        }
    }

    /// RFC 8200 §4.5.
    private int fragment(Packet packet, int header, int protocol) {
        var place = Octets.u16(packet.bytes, header + 2);
        var more = (place & 1) != 0;
        if (place >> 3 == 0 && !more) return protocol;
        var id = Octets.u32(packet.bytes, header + 4, true);
        return fragments.add(packet, id, protocol, place & 0xfff8, more);
    }

    /// RFC 8200 §4.3 to §4.6; RFC 4302 §2.2 counts in units of its own.
    private static int extensionLength(int header, int units) {
        return switch (header) {
            case FRAGMENT -> 8;
            case AUTHENTICATION -> (units + 2) * 4;
            default -> (units + 1) * 8;
        };
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION -> true;
            default -> false;
        };
    }

    /// Sets the end of the packet by its own length, which leaves out the padding of the link; 0 is
    /// what a sending card writes that cuts segments itself.
    private static void limit(Packet packet, int length) {
        if (length == 0) return;
        var end = packet.from + length;
        packet.missing = Math.max(0, end - packet.to);
        packet.to = Math.min(packet.to, end);
    }

    private void carry(Packet packet, int protocol) {
        switch (protocol) {
            case UDP -> datagrams.read(packet);
            case TCP -> streams.read(packet);
            case SCTP -> chunks.read(packet);
            case ICMP, ICMPV6 -> errors.read(packet);
            case IP_IN_IP, IPV6_IN_IP -> packet(packet);
            case GRE -> tunnels.gre(packet);
            case MPLS_IN_IP -> tunnels.typed(packet, 0x8847);
            case ESP -> esp.add(packet.frame);
            default -> {}
        }
    }
}
