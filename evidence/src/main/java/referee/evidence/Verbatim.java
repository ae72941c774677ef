// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import referee.evidence.TraceLine.Detail;

/// Reads one line of a verbatim message: text whose escapes stand for single octets, and its line
/// end. It ends in CRLF, unless it says `\n` at its end, for a bare LF, or ends in a lone
/// backslash, for no line end. [VerbatimText] writes the same.
final class Verbatim {
    private final String text;
    private final ByteArrayOutputStream out;
    private int at;

    private Verbatim(String text, ByteArrayOutputStream out) {
        this.text = text;
        this.out = out;
    }

    /// The whole message.
    ///
    /// @throws TraceError if a line does not begin with a bar, or an escape is unknown
    static byte[] read(List<Detail> details) throws TraceError {
        var out = new ByteArrayOutputStream();
        for (var detail : details) {
            if (!detail.text().startsWith("|"))
                throw new TraceError(
                        "expected '|' before each line of a verbatim message", detail.number());
            try {
                new Verbatim(Details.bodyText(detail.text()), out).read();
            } catch (TraceError e) {
                throw e.at(detail.number());
            }
        }
        return out.toByteArray();
    }

    private void read() throws TraceError {
        var unended = endsInLoneBackslash();
        var end = unended ? text.length() - 1 : text.length();
        var bareLf = false;
        while (at < end) {
            bareLf = text.startsWith("\\n", at) && at + 2 == end;
            if (text.charAt(at) == '\\') escape();
            else plain();
        }
        if (!unended && !bareLf) out.writeBytes("\r\n".getBytes(UTF_8));
    }

    private void plain() {
        var point = text.codePointAt(at);
        out.writeBytes(Character.toString(point).getBytes(UTF_8));
        at += Character.charCount(point);
    }

    private void escape() throws TraceError {
        var kind = text.charAt(at + 1);
        out.write(
                switch (kind) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case '\\' -> '\\';
                    case 'x' -> hex();
                    default -> throw new TraceError("unknown escape '\\" + kind + "'");
                });
        at += kind == 'x' ? 4 : 2;
    }

    private int hex() throws TraceError {
        if (at + 4 > text.length()) throw new TraceError("expected two hex digits after '\\x'");
        var high = Character.digit(text.charAt(at + 2), 16);
        var low = Character.digit(text.charAt(at + 3), 16);
        if (high < 0 || low < 0) throw new TraceError("expected two hex digits after '\\x'");
        return high * 16 + low;
    }

    private boolean endsInLoneBackslash() {
        var count = 0;
        while (count < text.length() && text.charAt(text.length() - 1 - count) == '\\') count++;
        return count % 2 == 1;
    }
}
