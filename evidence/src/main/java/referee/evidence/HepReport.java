// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import referee.sip.Transport;

/// One HEP report taken apart. Reading it moves the packet to the payload and gives it the
/// addresses, ports and time of the report.
///
/// @param payload whether there is one
/// @param compressed whether the payload is to be unpacked
record HepReport(Transport transport, boolean sip, boolean payload, boolean compressed) {
    static final int HEADER = 6;

    private static final int MAGIC = 0x48455033; // HEP3
    private static final int V4 = 2;
    private static final int V6 = 10;
    private static final int SIP = 1;
    private static final long SECOND = 1_000_000_000;

    static boolean isVersion3(byte[] bytes, int from, int to) {
        return to - from >= HEADER && Octets.i32(bytes, from) == MAGIC;
    }

    /// How long a report of version 3 says it is.
    static int length(byte[] bytes, int from) {
        return Octets.u16(bytes, from + 4);
    }

    /// Version 3: chunks, each with vendor, type, length and value.
    ///
    /// @param packet stands at the report
    /// @return empty if the report names no addresses
    static Optional<HepReport> version3(Packet packet) {
        var bytes = packet.bytes;
        var end = Math.min(packet.to, packet.from + length(bytes, packet.from));
        var beyond = packet.missing;
        var chunks = new Chunks();
        for (var at = packet.from + HEADER; end - at >= HEADER; ) {
            var length = Octets.u16(bytes, at + 4);
            if (length < HEADER) break;
            var to = Math.min(end, at + length);
            if (Octets.u16(bytes, at) == 0) {
                chunks.missing = Math.min(beyond, at + length - to);
                chunks.take(packet, Octets.u16(bytes, at + 2), at + HEADER, to);
            }
            at += length;
        }
        return chunks.finish(packet);
    }

    private static final class Chunks {
        private int missing;
        private int protocol;
        private int type = SIP;
        private int addresses;
        private long seconds = -1;
        private long micros;
        private int payloadFrom = -1;
        private int payloadTo;
        private int payloadMissing;
        private boolean compressed;

        private void take(Packet packet, int chunk, int from, int to) {
            var bytes = packet.bytes;
            var length = to - from;
            switch (chunk) {
                case 15, 16 -> {
                    payloadFrom = from;
                    payloadTo = to;
                    payloadMissing = missing;
                    compressed = chunk == 16;
                }
                case 2, 11 -> {
                    if (length < 1) return;
                    if (chunk == 2) protocol = Octets.u8(bytes, from);
                    else type = Octets.u8(bytes, from);
                }
                case 7, 8 -> {
                    if (length < 2) return;
                    if (chunk == 7) packet.sourcePort = Octets.u16(bytes, from);
                    else packet.targetPort = Octets.u16(bytes, from);
                }
                case 3, 4, 9, 10 -> {
                    if (length >= 4) word(packet, chunk, Octets.u32(bytes, from, true));
                }
                case 5, 6 -> {
                    if (length >= 16) address6(packet, chunk, from);
                }
                default -> {}
            }
        }

        private void word(Packet packet, int chunk, long value) {
            switch (chunk) {
                case 9 -> seconds = value;
                case 10 -> micros = value;
                case 3 -> {
                    packet.sourceHigh = 0;
                    packet.sourceLow = value;
                }
                default -> {
                    packet.targetHigh = 0;
                    packet.targetLow = value;
                }
            }
            if (chunk > 4) return;
            packet.v6 = false;
            addresses++;
        }

        private void address6(Packet packet, int chunk, int from) {
            var high = Octets.i64(packet.bytes, from);
            var low = Octets.i64(packet.bytes, from + 8);
            if (chunk == 5) {
                packet.sourceHigh = high;
                packet.sourceLow = low;
            } else {
                packet.targetHigh = high;
                packet.targetLow = low;
            }
            packet.v6 = true;
            addresses++;
        }

        private Optional<HepReport> finish(Packet packet) {
            if (addresses < 2) return Optional.empty();
            if (seconds >= 0) packet.nanos = HepReport.nanos(seconds, micros);
            var there = payloadFrom >= 0;
            if (there) {
                packet.from = payloadFrom;
                packet.to = payloadTo;
                packet.missing = payloadMissing;
            }
            return Optional.of(
                    new HepReport(HepReport.transport(protocol), type == SIP, there, compressed));
        }
    }

    /// Versions 1 and 2: version, length of the header, address family, protocol, two ports, two
    /// addresses; version 2 then has seconds and microseconds, in the byte order of its sender.
    ///
    /// @param packet stands at what may be a report
    /// @return empty if it is none about SIP
    static Optional<HepReport> fixed(Packet packet) {
        if (packet.length() < 16) return Optional.empty();
        var bytes = packet.bytes;
        var at = packet.from;
        var version = bytes[at];
        var header = Octets.u8(bytes, at + 1);
        var v6 = bytes[at + 2] == V6;
        var addresses = v6 ? 40 : 16;
        if (version != 1 && version != 2 || !v6 && bytes[at + 2] != V4) return Optional.empty();
        if (header < (version == 1 ? addresses : addresses + 8) || header > packet.length())
            return Optional.empty();
        if (SipStart.judge(bytes, at + header, packet.to) == SipStart.NO) return Optional.empty();
        packet.sourcePort = Octets.u16(bytes, at + 4);
        packet.targetPort = Octets.u16(bytes, at + 6);
        packet.v6 = v6;
        packet.sourceHigh = v6 ? Octets.i64(bytes, at + 8) : 0;
        packet.sourceLow = v6 ? Octets.i64(bytes, at + 16) : Octets.u32(bytes, at + 8, true);
        packet.targetHigh = v6 ? Octets.i64(bytes, at + 24) : 0;
        packet.targetLow = v6 ? Octets.i64(bytes, at + 32) : Octets.u32(bytes, at + 12, true);
        if (version == 2) packet.nanos = nanos(bytes, at + addresses);
        packet.from = at + header;
        return Optional.of(new HepReport(transport(bytes[at + 3]), true, true, false));
    }

    /// Little-endian, as nearly every sender is, unless only the other order makes sense.
    private static long nanos(byte[] bytes, int at) {
        var micros = Octets.u32(bytes, at + 4, false);
        var bigEndian = micros >= 1_000_000 && Octets.u32(bytes, at + 4, true) < 1_000_000;
        return nanos(Octets.u32(bytes, at, bigEndian), Octets.u32(bytes, at + 4, bigEndian));
    }

    private static long nanos(long seconds, long micros) {
        return seconds * SECOND + micros * 1000;
    }

    /// By the protocol number of IP; Kamailio writes two others for TLS and WebSocket, which have
    /// none.
    private static Transport transport(int protocol) {
        return switch (protocol) {
            case 6 -> Transport.TCP;
            case 132 -> Transport.SCTP;
            case 22 -> Transport.TLS;
            case 50 -> Transport.WS;
            default -> Transport.UDP;
        };
    }
}
