// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static referee.evidence.Unreachable.Reason.HOST;
import static referee.evidence.Unreachable.Reason.LOOP;
import static referee.evidence.Unreachable.Reason.NETWORK;
import static referee.evidence.Unreachable.Reason.PORT;
import static referee.evidence.Unreachable.Reason.PROHIBITED;
import static referee.evidence.Unreachable.Reason.PROTOCOL;
import static referee.evidence.Unreachable.Reason.REASSEMBLY;
import static referee.evidence.Unreachable.Reason.TOO_BIG;

import org.jspecify.annotations.Nullable;

/// ICMP errors, which quote the packet that they are about (RFC 792, RFC 4443 §3). Those about SIP
/// are told: the quote shows it, or, where it ends with the ports, both ends have spoken SIP.
final class IcmpErrors {
    private static final int HEADER = 8;
    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int SCTP = 132;
    private static final int FRAGMENT = 44;

    private final Tally tally;
    private final Endpoints endpoints;

    IcmpErrors(Tally tally, Endpoints endpoints) {
        this.tally = tally;
        this.endpoints = endpoints;
    }

    /// @param packet stands at the ICMP header; is not to be used afterwards
    void read(Packet packet) {
        if (packet.length() < HEADER) return;
        var type = Octets.u8(packet.bytes, packet.from);
        var code = Octets.u8(packet.bytes, packet.from + 1);
        var reason = packet.v6 ? v6(type, code) : v4(type, code);
        if (reason == null) return;
        var by = endpoints.of(packet.v6, packet.sourceHigh, packet.sourceLow, 0);
        packet.from += HEADER;
        var protocol = packet.v6 ? quoted6(packet) : quoted4(packet);
        if (protocol < 0 || packet.length() < 4) return;
        packet.sourcePort = Octets.u16(packet.bytes, packet.from);
        packet.targetPort = Octets.u16(packet.bytes, packet.from + 2);
        if (isSip(packet, protocol)) tally.unreachable(packet, by, endpoints, reason);
    }

    /// Moves to what the quoted IPv4 packet carries.
    ///
    /// @return its protocol, or -1
    private static int quoted4(Packet packet) {
        var bytes = packet.bytes;
        var at = packet.from;
        if (packet.length() < 20 || bytes[at] >> 4 != 4) return -1;
        var header = (bytes[at] & 0x0f) * 4;
        if (header < 20 || packet.length() < header) return -1;
        if ((Octets.u16(bytes, at + 6) & 0x1fff) != 0) return -1;
        packet.sourceLow = Octets.u32(bytes, at + 12, true);
        packet.targetLow = Octets.u32(bytes, at + 16, true);
        packet.from += header;
        return Octets.u8(bytes, at + 9);
    }

    private static int quoted6(Packet packet) {
        var bytes = packet.bytes;
        var at = packet.from;
        if (packet.length() < 48 || Octets.u8(bytes, at) >> 4 != 6) return -1;
        packet.sourceHigh = Octets.i64(bytes, at + 8);
        packet.sourceLow = Octets.i64(bytes, at + 16);
        packet.targetHigh = Octets.i64(bytes, at + 24);
        packet.targetLow = Octets.i64(bytes, at + 32);
        packet.from += 40;
        var next = Octets.u8(bytes, at + 6);
        if (next != FRAGMENT) return next;
        if (Octets.u16(bytes, at + 42) >> 3 != 0) return -1;
        packet.from += 8;
        return Octets.u8(bytes, at + 40);
    }

    private boolean isSip(Packet packet, int protocol) {
        if (protocol != UDP && protocol != TCP && protocol != SCTP) return false;
        var content = packet.from + 8;
        if (protocol == UDP && packet.to - content >= Messages.TELLING)
            return SipStart.judge(packet.bytes, content, packet.to) != SipStart.NO;
        return endpoints.knowsSource(packet) && endpoints.knowsTarget(packet);
    }

    private static Unreachable.@Nullable Reason v4(int type, int code) {
        if (type == 11) return expired(code);
        if (type != 3) return null;
        return switch (code) {
            case 0, 6, 11 -> NETWORK;
            case 1, 7, 12 -> HOST;
            case 2 -> PROTOCOL;
            case 3 -> PORT;
            case 4 -> TOO_BIG;
            case 9, 10, 13 -> PROHIBITED;
            default -> null;
        };
    }

    private static Unreachable.@Nullable Reason v6(int type, int code) {
        return switch (type) {
            case 1 ->
                    switch (code) {
                        case 0, 2 -> NETWORK;
                        case 1, 5, 6 -> PROHIBITED;
                        case 3 -> HOST;
                        case 4 -> PORT;
                        default -> null;
                    };
            case 2 -> TOO_BIG;
            case 3 -> expired(code);
            case 4 -> code == 1 ? PROTOCOL : null;
            default -> null;
        };
    }

    private static Unreachable.@Nullable Reason expired(int code) {
        return switch (code) {
            case 0 -> LOOP;
            case 1 -> REASSEMBLY;
            default -> null;
        };
    }
}
