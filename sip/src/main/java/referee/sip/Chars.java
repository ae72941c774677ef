// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The character classes of RFC 3261 §25.1, as tables over a byte.
final class Chars {
    private static final boolean[] TOKEN = table("-.!%*_+`'~");
    private static final boolean[] WORD = table("-.!%*_+`'~()<>:\\\"/[]?{}");
    private static final boolean[] PASSWORD = table("-_.!~*'()&=+$,%");
    private static final boolean[] USER = table("-_.!~*'()&=+$,;?/%");

    private Chars() {}

    static boolean isToken(byte b) {
        return b >= 0 && TOKEN[b];
    }

    static boolean isToken(Slice slice) {
        return !slice.isEmpty() && areAll(slice, TOKEN);
    }

    /// What each half of a Call-ID is made of (RFC 3261 §25.1, `word`).
    static boolean isWord(Slice slice) {
        return !slice.isEmpty() && areAll(slice, WORD);
    }

    /// unreserved, user-unreserved and the percent sign of an escape (RFC 3261 §25.1, `user`).
    static boolean areUser(Slice slice) {
        return areAll(slice, USER);
    }

    /// RFC 3261 §25.1, `password`; may be empty.
    static boolean arePassword(Slice slice) {
        return areAll(slice, PASSWORD);
    }

    /// The value of a hex digit, or -1. ASCII only.
    static int hex(int b) {
        return b < 0x80 ? Character.digit(b, 16) : -1;
    }

    private static boolean areAll(Slice slice, boolean[] table) {
        for (var i = slice.from(); i < slice.to(); i++) {
            var b = slice.bytes()[i];
            if (b < 0 || !table[b]) return false;
        }
        return true;
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
