// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Packets in packets: GRE with ERSPAN in it, VXLAN, GTP-U. Each is opened down to the IP packet
/// inside, and that is read like any other.
final class Tunnels {
    private static final int ETHERNET_BRIDGED = 0x6558;
    private static final int PPP = 0x880b;
    private static final int ERSPAN = 0x88be;
    private static final int ERSPAN_3 = 0x22eb;
    private static final int KEEPALIVE = 0;

    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_ROUTING = 0x4000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_SEQUENCE = 0x1000;
    private static final int GRE_ACKNOWLEDGED = 0x0080;

    private static final int VXLAN = 4789;
    private static final int VXLAN_OLD = 8472;
    private static final int GTP_U = 2152;
    private static final int GTP_DATA = 255;
    private static final int MAX_GTP_EXTENSIONS = 16;

    private final Tally tally;
    private final IpLayer ip;
    private final Unread unread = new Unread();

    Tunnels(Tally tally, IpLayer ip) {
        this.tally = tally;
        this.ip = ip;
    }

    /// RFC 2784 §2, RFC 2890 §2; version 1 is that of PPTP (RFC 2637 §4.1).
    ///
    /// @param packet stands at the GRE header
    void gre(Packet packet) {
        if (packet.length() < 4) return;
        var flags = Octets.u16(packet.bytes, packet.from);
        var type = Octets.u16(packet.bytes, packet.from + 2);
        var version = flags & 7;
        if (version > 1 || version == 0 && (flags & GRE_ROUTING) != 0) {
            unread.add(packet.frame);
            return;
        }
        var header = version == 0 ? greLength(flags) : pptpLength(flags);
        if (packet.length() < header) return;
        packet.from += header;
        greContent(packet, type, (flags & GRE_SEQUENCE) != 0);
    }

    private static int greLength(int flags) {
        return 4
                + ((flags & GRE_CHECKSUM) != 0 ? 4 : 0)
                + ((flags & GRE_KEY) != 0 ? 4 : 0)
                + ((flags & GRE_SEQUENCE) != 0 ? 4 : 0);
    }

    private static int pptpLength(int flags) {
        return 8
                + ((flags & GRE_SEQUENCE) != 0 ? 4 : 0)
                + ((flags & GRE_ACKNOWLEDGED) != 0 ? 4 : 0);
    }

    private void greContent(Packet packet, int type, boolean numbered) {
        switch (type) {
            case ETHERNET_BRIDGED -> ethernet(packet, 0);
            // type I has no header of its own, and is told by GRE's missing sequence number
            case ERSPAN -> ethernet(packet, numbered ? 8 : 0);
            case ERSPAN_3 -> erspan3(packet);
            case PPP -> {
                if (packet.length() > 0 && LinkLayer.ppp(packet)) ip.packet(packet);
            }
            case KEEPALIVE -> {}
            default -> typed(packet, type);
        }
    }

    /// draft-foschiano-erspan §4.3: 12 octets, 8 more if the last bit says so; what is mirrored is
    /// an Ethernet frame or an IP packet.
    private void erspan3(Packet packet) {
        if (packet.length() < 12) return;
        var last = Octets.u16(packet.bytes, packet.from + 10);
        var header = (last & 1) != 0 ? 20 : 12;
        var frameType = last >> 10 & 0x1f;
        if (frameType == 0) {
            ethernet(packet, header);
        } else if (packet.length() > header) {
            packet.from += header;
            ip.packet(packet);
        }
    }

    private void ethernet(Packet packet, int header) {
        if (packet.length() <= header) return;
        packet.from += header;
        if (LinkLayer.ethernet(packet)) ip.packet(packet);
    }

    /// What follows an EtherType.
    void typed(Packet packet, int type) {
        if (LinkLayer.carries(packet, type)) ip.packet(packet);
    }

    /// Opens the payload of a datagram that belongs to a tunnel, by its port.
    void datagram(Packet packet) {
        switch (packet.targetPort) {
            case VXLAN, VXLAN_OLD -> vxlan(packet);
            case GTP_U -> gtp(packet);
            default -> {}
        }
    }

    /// RFC 7348 §5: eight octets, the flag I set, then an Ethernet frame.
    private void vxlan(Packet packet) {
        if (packet.length() < 8 || (packet.bytes[packet.from] & 0x08) == 0) return;
        ethernet(packet, 8);
    }

    /// 3GPP TS 29.281 §5.1: eight octets, four more if any of three flags is set, then extension
    /// headers; G-PDU carries an IP packet.
    private void gtp(Packet packet) {
        if (packet.length() < 8) return;
        var flags = Octets.u8(packet.bytes, packet.from);
        if (flags >> 4 != 3 || Octets.u8(packet.bytes, packet.from + 1) != GTP_DATA) return;
        packet.from += 8;
        if ((flags & 7) != 0 && !gtpOptions(packet, (flags & 4) != 0)) return;
        ip.packet(packet);
    }

    private static boolean gtpOptions(Packet packet, boolean extended) {
        if (packet.length() < 4) return false;
        var next = extended ? packet.bytes[packet.from + 3] : 0;
        packet.from += 4;
        for (var i = 0; next != 0 && i < MAX_GTP_EXTENSIONS; i++) {
            if (packet.length() == 0) return false;
            var length = Octets.u8(packet.bytes, packet.from) * 4;
            if (length == 0 || packet.length() < length) return false;
            next = packet.bytes[packet.from + length - 1];
            packet.from += length;
        }
        return next == 0;
    }

    void end() {
        unread.tell(tally, Gap.Kind.LINK, "GRE of a kind that is not read here");
    }
}
