// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import referee.sip.Slice;

/// Writes a message as the lines of a verbatim one: what a person can read stays as it is, every
/// other octet becomes an escape. [Verbatim] reads the same.
final class VerbatimText {
    private static final String HEX = "0123456789abcdef";

    private final byte[] bytes;
    private final StringBuilder text = new StringBuilder();

    private VerbatimText(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The lines without bar and line end.
    static List<String> lines(Slice message) {
        var lines = new ArrayList<String>();
        for (var at = 0; at < message.length(); ) {
            var lf = message.indexOf('\n', at);
            var end = lf < 0 ? message.length() : lf;
            var crlf = lf > at && message.at(lf - 1) == '\r';
            var line = new VerbatimText(message.sub(at, crlf ? end - 1 : end).copy()).line();
            lines.add(crlf ? line : lf < 0 ? line + '\\' : line + "\\n");
            at = end + 1;
        }
        return lines;
    }

    private String line() {
        for (var at = 0; at < bytes.length; ) at += octet(at);
        var last = text.length() - 1;
        if (last >= 0 && text.charAt(last) == ' ') {
            text.setLength(last);
            escape(' ');
        }
        return text.toString();
    }

    /// Writes the character that begins here and returns how many octets it has.
    private int octet(int at) {
        var b = bytes[at];
        if (b == '\\') text.append("\\\\");
        else if (b == '\r') text.append("\\r");
        else if (b >= ' ' && b < 0x7f) text.append((char) b);
        else return character(at);
        return 1;
    }

    private int character(int at) {
        for (var length = 2; length <= 4 && at + length <= bytes.length; length++) {
            var one = new String(bytes, at, length, UTF_8);
            if (one.codePointCount(0, one.length()) == 1 && isReadable(one.codePointAt(0))) {
                text.append(one);
                return length;
            }
        }
        escape(bytes[at]);
        return 1;
    }

    private static boolean isReadable(int point) {
        return point > 0x7f
                && point != 0xfffd
                && (Character.isLetterOrDigit(point)
                        || Character.getType(point) == Character.OTHER_SYMBOL
                        || Character.getType(point) == Character.CURRENCY_SYMBOL);
    }

    private void escape(int octet) {
        text.append("\\x").append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
    }
}
