// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// The header of a WebSocket frame (RFC 6455 §5.2).
///
/// @param length of the payload; negative if it is beyond every bound
record WebSocketFrame(
        boolean last, boolean compressed, int opcode, boolean masked, int header, long length) {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;

    private static final int LONGEST_CONTROL = 125;
    private static final int LOOK = 256;

    /// How many octets the header takes, as far as these tell: more than there are if it is not
    /// whole.
    static int headerLength(byte[] bytes, int from, int to) {
        if (to - from < 2) return 2;
        var masked = bytes[from + 1] < 0;
        var code = bytes[from + 1] & 0x7f;
        return 2 + (code == 126 ? 2 : code == 127 ? 8 : 0) + (masked ? 4 : 0);
    }

    /// @param from where a whole header lies
    static WebSocketFrame read(byte[] bytes, int from) {
        var first = bytes[from];
        var code = bytes[from + 1] & 0x7f;
        var length =
                switch (code) {
                    case 126 -> Octets.u16(bytes, from + 2);
                    case 127 -> Octets.i64(bytes, from + 2);
                    default -> code;
                };
        return new WebSocketFrame(
                first < 0,
                (first & 0x40) != 0,
                first & 0x0f,
                bytes[from + 1] < 0,
                headerLength(bytes, from, from + 2),
                length);
    }

    /// Whether the reserved bits and the opcode are such as RFC 6455 and RFC 7692 know.
    static boolean isPlausible(byte[] bytes, int from, int to) {
        var first = bytes[from];
        if ((first & 0x30) != 0) return false;
        var opcode = first & 0x0f;
        if (opcode <= BINARY) return true;
        if (opcode < CLOSE || opcode > 10 || first >= 0 || (first & 0x40) != 0) return false;
        return to - from < 2 || (bytes[from + 1] & 0x7f) <= LONGEST_CONTROL;
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    /// Takes the mask off the payload, in place (RFC 6455 §5.3).
    static void unmask(byte[] bytes, int mask, int from, int to) {
        for (var i = from; i < to; i++) bytes[i] ^= bytes[mask + (i - from & 3)];
    }

    /// Whether a frame begins here that holds the beginning of a SIP message.
    static boolean beginsWithSip(byte[] bytes, int from, int to) {
        if (to - from < 16 || !isPlausible(bytes, from, to)) return false;
        var frame = read(bytes, from);
        var payload = from + frame.header;
        if (frame.opcode != TEXT && frame.opcode != BINARY || frame.compressed) return false;
        if (frame.length < Messages.TELLING || to - payload < Messages.TELLING) return false;
        var end = (int) Math.min(Math.min(to - payload, LOOK), frame.length);
        var look = new byte[4 + end];
        if (frame.masked) System.arraycopy(bytes, payload - 4, look, 0, 4);
        System.arraycopy(bytes, payload, look, 4, end);
        unmask(look, 0, 4, look.length);
        return SipStart.judge(look, 4, look.length) != SipStart.NO;
    }
}
