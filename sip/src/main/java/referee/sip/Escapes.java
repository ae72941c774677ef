// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Percent escapes of URIs (RFC 3261 §19.1.2).
final class Escapes {
    /// Escaped, these are another thing than as they are; the percent sign cannot stand alone.
    private static final String RESERVED = ";/?:@&=+$,%";

    private Escapes() {}

    /// Replaces each escape by its octet, once; one that is no escape stays as it is.
    static String read(Slice text) {
        return read(text, "");
    }

    /// The same for equivalent texts: only escapes of reserved characters are left, in upper case
    /// (RFC 3261 §19.1.4).
    static String normal(Slice text) {
        return read(text, RESERVED);
    }

    /// Whether two hex digits follow each percent sign.
    static boolean areWhole(Slice text) {
        for (var i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (octet(text, i) < 0) return false;
        }
        return true;
    }

    private static String read(Slice text, String kept) {
        if (text.indexOf('%') < 0) return text.text();
        var out = new byte[text.length()];
        var length = 0;
        for (var i = 0; i < text.length(); i++) {
            var octet = octet(text, i);
            if (octet < 0) {
                out[length++] = (byte) text.at(i);
            } else if (kept.indexOf(octet) < 0) {
                out[length++] = (byte) octet;
                i += 2;
            } else {
                out[length++] = '%';
                out[length++] = upper(text.at(i + 1));
                out[length++] = upper(text.at(i + 2));
                i += 2;
            }
        }
        return new String(out, 0, length, UTF_8);
    }

    /// What the escape at this place stands for, or -1 if there is none.
    private static int octet(Slice text, int at) {
        if (text.at(at) != '%' || at + 2 >= text.length()) return -1;
        var high = Chars.hex(text.at(at + 1));
        var low = Chars.hex(text.at(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static byte upper(int hex) {
        return (byte) Character.toUpperCase(hex);
    }
}
