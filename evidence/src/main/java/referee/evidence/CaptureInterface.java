// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// One interface of a pcapng section: what its packets begin with, and what their times count.
///
/// @param linkType see [LinkLayer]
/// @param snapLength octets kept of a packet; 0 for all
/// @param resolution as the option if_tsresol has it: 10 to the power of -n, or with the top bit
///   set 2 to the power of -n
/// @param offsetSeconds added to each time
record CaptureInterface(int linkType, long snapLength, int resolution, long offsetSeconds) {
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final long SECOND = 1_000_000_000;
    private static final long FURTHEST = Long.MAX_VALUE / SECOND - 1;

    /// Reads the body of an Interface Description Block, at least eight octets; options that
    /// contradict themselves end the reading of options.
    static CaptureInterface read(byte[] bytes, int from, int to, boolean bigEndian) {
        var resolution = MICROSECONDS;
        var offset = 0L;
        var at = from + 8;
        while (at + 4 <= to) {
            var code = Octets.u16(bytes, at, bigEndian);
            var length = Octets.u16(bytes, at + 2, bigEndian);
            at += 4;
            if (code == 0 || length > to - at) break;
            if (code == TIME_RESOLUTION && length >= 1) resolution = Octets.u8(bytes, at);
            if (code == TIME_OFFSET && length >= 8) offset = Octets.i64(bytes, at, bigEndian);
            at += (length + 3) & ~3;
        }
        return new CaptureInterface(
                Octets.u16(bytes, from, bigEndian),
                Octets.u32(bytes, from + 4, bigEndian),
                resolution,
                offset);
    }

    /// A packet's time since 1970, in nanoseconds; one outside 1677 to 2262 is put at that end.
    long nanos(long time) {
        var power = resolution & 0x7f;
        var binary = (resolution & 0x80) != 0;
        var seconds = binary ? power < 64 ? time >>> power : 0 : decimalSeconds(time, power);
        var rest = binary ? binaryNanos(time, power) : decimalNanos(time, power);
        if (seconds < 0 || seconds > FURTHEST) return Long.MAX_VALUE;
        var whole = seconds + Math.clamp(offsetSeconds, -2 * FURTHEST, 2 * FURTHEST);
        if (whole > FURTHEST) return Long.MAX_VALUE;
        if (whole < -FURTHEST) return Long.MIN_VALUE;
        return whole * SECOND + rest;
    }

    private static long decimalSeconds(long time, int power) {
        return power < 19 ? Long.divideUnsigned(time, power10(power)) : 0;
    }

    private static long decimalNanos(long time, int power) {
        if (power < 19) {
            var rest = Long.remainderUnsigned(time, power10(power));
            return power <= 9 ? rest * power10(9 - power) : rest / power10(power - 9);
        }
        return power - 9 < 19 ? Long.divideUnsigned(time, power10(power - 9)) % SECOND : 0;
    }

    private static long binaryNanos(long time, int power) {
        var rest = power < 64 ? time & (1L << power) - 1 : time;
        var shift = Math.max(0, power - 33);
        return shift > 63 ? 0 : (rest >>> shift) * SECOND >>> power - shift;
    }

    private static long power10(int power) {
        var value = 1L;
        for (var i = 0; i < power; i++) value *= 10;
        return value;
    }
}
