// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// An ICMP error as it is on the wire: type and code of its reason, and the packet it is about, as
/// much of it as such an error may quote.
final class IcmpMessage {
    static final int V4 = 1;
    static final int V6 = 58;
    private static final int HEADER = 8;

    /// RFC 1812 §4.3.2.3: 576 octets in all, of which the IP header takes 20.
    private static final int MOST_V4 = 576 - 20 - HEADER;

    /// RFC 4443 §2.4: no more than the least MTU of IPv6.
    private static final int MOST_V6 = 1280 - 40 - HEADER;

    private IcmpMessage() {}

    /// How much of a packet is quoted, in octets.
    static int quoted(boolean v6) {
        return v6 ? MOST_V6 : MOST_V4;
    }

    /// @param packet from its IP header on
    /// @return without a checksum, which stands at octets 2 and 3
    static byte[] of(Unreachable.Reason reason, boolean v6, byte[] packet) {
        var quote = Arrays.copyOf(packet, Math.min(packet.length, quoted(v6)));
        var type = v6 ? v6(reason) : v4(reason);
        return ByteBuffer.allocate(HEADER + quote.length)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(0)
                .put(quote)
                .array();
    }

    /// Type and code, an octet each (RFC 792, RFC 1812 §5.2.7.1).
    private static int v4(Unreachable.Reason reason) {
        return switch (reason) {
            case NETWORK -> 0x0300;
            case HOST -> 0x0301;
            case PROTOCOL -> 0x0302;
            case PORT -> 0x0303;
            case TOO_BIG -> 0x0304;
            case PROHIBITED -> 0x030d;
            case LOOP -> 0x0b00;
            case REASSEMBLY -> 0x0b01;
        };
    }

    /// RFC 4443 §3; a protocol that is not spoken is a parameter problem there.
    private static int v6(Unreachable.Reason reason) {
        return switch (reason) {
            case NETWORK -> 0x0100;
            case PROHIBITED -> 0x0101;
            case HOST -> 0x0103;
            case PORT -> 0x0104;
            case TOO_BIG -> 0x0200;
            case LOOP -> 0x0300;
            case REASSEMBLY -> 0x0301;
            case PROTOCOL -> 0x0401;
        };
    }
}
