// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The character classes of RFC 3261 §25.1, as tables over a byte.
final class Chars {
    private static final boolean[] TOKEN = table("-.!%*_+`'~");
    private static final boolean[] USER = table("-_.!~*'()&=+$,;?/%");

    private Chars() {}

    static boolean isToken(byte b) {
        return b >= 0 && TOKEN[b];
    }

    static boolean isToken(Slice slice) {
        if (slice.isEmpty()) return false;
        for (var i = slice.from(); i < slice.to(); i++) {
            if (!isToken(slice.bytes()[i])) return false;
        }
        return true;
    }

    /// unreserved, user-unreserved and the percent sign of an escape (RFC 3261 §25.1, `user`).
    static boolean isUser(byte b) {
        return b >= 0 && USER[b];
    }

    static int hex(int b) {
        return Character.digit(b, 16);
    }

    private static boolean[] table(String marks) {
        var table = new boolean[128];
        for (var c = 0; c < 128; c++) {
            var alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            table[c] = alphanumeric || marks.indexOf(c) >= 0;
        }
        return table;
    }
}
