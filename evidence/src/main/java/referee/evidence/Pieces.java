// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;
import java.util.BitSet;

/// What has come of one fragmented IP packet.
final class Pieces {
    private static final int LONGEST = 65_535;
    private static final int UNIT = 8;

    private final long frame;
    private final long nanos;
    private final BitSet units = new BitSet();
    private byte[] bytes = new byte[4096];
    private int octets;
    private int total = -1;
    private int protocol;

    /// @param frame of the fragment that came first
    Pieces(long frame, long nanos) {
        this.frame = frame;
        this.nanos = nanos;
    }

    /// Takes what of this fragment is not there yet. All but the last one consist of units of eight
    /// octets; stray octets behind them are left out, as is what would make the packet too long.
    void add(Packet packet, int protocolHere, int offset, boolean more) {
        var length = packet.length();
        if (more || packet.missing > 0) length -= length % UNIT;
        if (offset + length > LONGEST) return;
        if (!more && total < 0)
            total = Math.min(LONGEST, offset + packet.length() + packet.missing);
        if (offset == 0 || units.isEmpty()) protocol = protocolHere;
        if (bytes.length < offset + length) {
            bytes = Arrays.copyOf(bytes, Math.max(offset + length, bytes.length * 2));
        }
        for (var done = 0; done < length; done += UNIT) {
            var unit = (offset + done) / UNIT;
            if (units.get(unit)) continue;
            var here = Math.min(UNIT, length - done);
            System.arraycopy(packet.bytes, packet.from + done, bytes, offset + done, here);
            units.set(unit);
            octets += here;
        }
    }

    boolean isWhole() {
        return total >= 0 && units.nextClearBit(0) * UNIT >= total;
    }

    long frame() {
        return frame;
    }

    long nanos() {
        return nanos;
    }

    /// How long the whole packet is, once the last fragment is there; else -1.
    int total() {
        return total;
    }

    int protocol() {
        return protocol;
    }

    byte[] bytes() {
        return bytes;
    }

    /// How many octets are there without a hole from the first one on.
    int startLength() {
        return Math.min(units.nextClearBit(0) * UNIT, bytes.length);
    }

    String says() {
        return "fragments with "
                + octets
                + (total < 0 ? " octets, the last one missing" : " of " + total + " octets");
    }
}
