// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Finds the IP packet in a frame of a capture, by the link type that its file names
/// (https://www.tcpdump.org/linktypes.html).
final class LinkLayer {
    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int PPP = 9;
    private static final int RAW_12 = 12;
    private static final int RAW_14 = 14;
    private static final int PPP_HDLC = 50;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_PPPOE_SESSION = 0x8864;
    private static final int TYPE_MPLS = 0x8847;
    private static final int TYPE_MPLS_MULTICAST = 0x8848;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int MAX_TAGS = 8;
    private static final int MAX_LABELS = 16;

    private LinkLayer() {}

    static boolean knows(int linkType) {
        return switch (linkType) {
            case NULL, ETHERNET, PPP, RAW_12, RAW_14, RAW, PPP_HDLC, LOOP -> true;
            case LINUX_SLL, IPV4, IPV6, LINUX_SLL2 -> true;
            default -> false;
        };
    }

    /// Moves the packet to its IP header; false if it holds none.
    static boolean open(Packet packet, int linkType) {
        return switch (linkType) {
            case ETHERNET -> ethernet(packet);
            case PPP, PPP_HDLC -> ppp(packet);
            case LINUX_SLL -> typed(packet, 14, 16);
            case LINUX_SLL2 -> typed(packet, 0, 20);
            case NULL -> family(packet, false);
            case LOOP -> family(packet, true);
            default -> packet.length() > 0;
        };
    }

    /// Moves the packet from its Ethernet header to its IP header; false if it holds none.
    static boolean ethernet(Packet packet) {
        return typed(packet, 12, 14);
    }

    /// A header with an EtherType in it.
    private static boolean typed(Packet packet, int typeAt, int length) {
        if (packet.length() < length) return false;
        var type = Octets.u16(packet.bytes, packet.from + typeAt);
        packet.from += length;
        return carries(packet, type);
    }

    /// What follows an EtherType: VLAN tags, PPPoE and MPLS may come before the IP header.
    static boolean carries(Packet packet, int etherType) {
        var type = etherType;
        for (var tags = 0; isTag(type) && tags < MAX_TAGS; tags++) {
            if (packet.length() < 4) return false;
            type = Octets.u16(packet.bytes, packet.from + 2);
            packet.from += 4;
        }
        return switch (type) {
            case TYPE_IPV4, TYPE_IPV6 -> true;
            case TYPE_PPPOE_SESSION -> pppoe(packet);
            case TYPE_MPLS, TYPE_MPLS_MULTICAST -> mpls(packet);
            default -> false;
        };
    }

    /// 802.1Q, 802.1ad and the older QinQ.
    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    /// RFC 2516 §4: a header of six octets, then PPP.
    private static boolean pppoe(Packet packet) {
        if (packet.length() < 6) return false;
        packet.from += 6;
        return ppp(packet);
    }

    /// The protocol field, which may be one octet only (RFC 1661 §6.5), perhaps behind the address
    /// and control fields of HDLC (RFC 1662 §3.1).
    static boolean ppp(Packet packet) {
        if (packet.length() < 4) return false;
        if (Octets.u16(packet.bytes, packet.from) == 0xff03) packet.from += 2;
        var isShort = (packet.bytes[packet.from] & 1) != 0;
        var protocol =
                isShort
                        ? Octets.u8(packet.bytes, packet.from)
                        : Octets.u16(packet.bytes, packet.from);
        packet.from += isShort ? 1 : 2;
        return protocol == PPP_IPV4 || protocol == PPP_IPV6;
    }

    /// Labels down to the bottom of the stack (RFC 3032 §2.1). Nothing says what follows: IP, by
    /// its first four bits, or, behind a control word whose are zero, Ethernet (RFC 4385 §3).
    private static boolean mpls(Packet packet) {
        var bottom = false;
        for (var labels = 0; !bottom; labels++) {
            if (packet.length() < 4 || labels == MAX_LABELS) return false;
            bottom = (packet.bytes[packet.from + 2] & 1) != 0;
            packet.from += 4;
        }
        if (packet.length() < 4) return false;
        return switch (Octets.u8(packet.bytes, packet.from) >> 4) {
            case 4, 6 -> true;
            case 0 -> pseudowire(packet);
            default -> false;
        };
    }

    private static boolean pseudowire(Packet packet) {
        packet.from += 4;
        return packet.goDeeper() && ethernet(packet);
    }

    /// The address family of a BSD loopback; NULL has it in the byte order of the machine that
    /// captured.
    private static boolean family(Packet packet, boolean networkOrder) {
        if (packet.length() < 4) return false;
        var value = Octets.i32(packet.bytes, packet.from);
        packet.from += 4;
        return isIp(value) || !networkOrder && isIp(Integer.reverseBytes(value));
    }

    /// IPv4 is 2 everywhere; IPv6 is 10 (Linux), 24, 28 or 30 (the BSDs).
    private static boolean isIp(int family) {
        return switch (family) {
            case 2, 10, 24, 28, 30 -> true;
            default -> false;
        };
    }
}
