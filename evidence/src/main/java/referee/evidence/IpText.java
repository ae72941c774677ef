// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// IP addresses as text: IPv4 dotted, IPv6 in the short form of RFC 5952 §4, an IPv4-mapped one in
/// the mixed form of §5.
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static String v4(int address) {
        var text = new StringBuilder(15);
        dotted(text, address);
        return text.toString();
    }

    /// @param high the first eight octets
    /// @param low the last eight octets
    static String v6(long high, long low) {
        var text = new StringBuilder(39);
        if (high == 0 && low >>> 32 == 0xffff) {
            dotted(text.append("::ffff:"), (int) low);
            return text.toString();
        }
        var run = longestZeroRun(high, low);
        var runFrom = run >>> 8;
        var runTo = runFrom + (run & 0xff);
        for (var i = 0; i < GROUPS; i++) {
            if (i == runFrom && runTo > runFrom) {
                text.append("::");
                i = runTo - 1;
            } else {
                if (i > 0 && i != runTo) text.append(':');
                text.append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static void dotted(StringBuilder text, int address) {
        text.append(address >>> 24).append('.').append(address >>> 16 & 0xff).append('.');
        text.append(address >>> 8 & 0xff).append('.').append(address & 0xff);
    }

    /// Where the first longest run of two or more zero groups starts, times 256, and its length; 0
    /// for none.
    private static int longestZeroRun(long high, long low) {
        var best = 0;
        var length = 0;
        for (var i = 0; i < GROUPS; i++) {
            length = group(high, low, i) == 0 ? length + 1 : 0;
            if (length > 1 && length > (best & 0xff)) best = (i + 1 - length) << 8 | length;
        }
        return best;
    }

    private static int group(long high, long low, int index) {
        var half = index < 4 ? high : low;
        return (int) (half >>> (3 - index % 4) * 16) & 0xffff;
    }
}
