// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Percent escapes of URIs (RFC 3261 §19.1.2).
final class Escapes {
    private Escapes() {}

    /// Replaces each escape by its octet, once; one that is no escape stays as it is.
    static String read(Slice text) {
        if (text.indexOf('%') < 0) return text.text();
        var out = new byte[text.length()];
        var length = 0;
        for (var i = 0; i < text.length(); ) {
            var escape = text.at(i) == '%' && i + 2 < text.length();
            var high = escape ? Chars.hex(text.at(i + 1)) : -1;
            var low = escape ? Chars.hex(text.at(i + 2)) : -1;
            var isEscape = high >= 0 && low >= 0;
            out[length++] = isEscape ? (byte) (high << 4 | low) : (byte) text.at(i);
            i += isEscape ? 3 : 1;
        }
        return new String(out, 0, length, UTF_8);
    }
}
