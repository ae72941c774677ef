// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// A parameter value with its character set, such as `UTF-8''J%C3%A4s%C3%B8n%20Doe` (RFC 5987
/// §3.2.1).
final class ExtValue {
    private ExtValue() {}

    /// @return empty for another character set than UTF-8 or ISO-8859-1, or a wrong escape
    static Optional<String> read(String written) {
        var first = written.indexOf('\'');
        var second = written.indexOf('\'', first + 1);
        if (first < 0 || second < 0) return Optional.empty();
        var charset = written.substring(0, first);
        var octets = octets(written.substring(second + 1));
        if (charset.equalsIgnoreCase("UTF-8")) return octets.map(o -> o.toString(UTF_8));
        if (charset.equalsIgnoreCase("ISO-8859-1")) return octets.map(o -> o.toString(ISO_8859_1));
        return Optional.empty();
    }

    private static Optional<ByteArrayOutputStream> octets(String escaped) {
        var out = new ByteArrayOutputStream(escaped.length());
        for (var i = 0; i < escaped.length(); i++) {
            var c = escaped.charAt(i);
            if (c != '%') {
                out.write(c);
                continue;
            }
            if (i + 2 >= escaped.length()) return Optional.empty();
            var high = Chars.hex(escaped.charAt(i + 1));
            var low = Chars.hex(escaped.charAt(i + 2));
            if (high < 0 || low < 0) return Optional.empty();
            out.write(high << 4 | low);
            i += 2;
        }
        return Optional.of(out);
    }
}
