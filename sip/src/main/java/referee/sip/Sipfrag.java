// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The beginning of a `message/sipfrag` body: the status line that tells how the referred request
/// fares (RFC 3420 §2, RFC 3515 §2.4.5).
///
/// @param code 100 to 699
/// @param reason as written
/// @param lineEnd how the status line ends; only CRLF is right
public record Sipfrag(int code, String reason, LineEnd lineEnd) {
    public enum LineEnd {
        CRLF,
        LF,
        NONE
    }

    private static final String FORM = "RFC 3420 §2";

    /// Reads a body whose first line is a status line.
    public static Field<Sipfrag> read(Slice body) {
        var lf = body.indexOf('\n');
        var line = lf < 0 ? body : body.sub(0, lf);
        var crlf = lf > 0 && body.at(lf - 1) == '\r';
        if (crlf) line = body.sub(0, lf - 1);
        if (!line.startsWithIgnoreCase("SIP/2.0 "))
            return Field.broken("sipfrag-without-status-line", body, FORM);
        var rest = line.sub(8);
        var space = rest.indexOf(' ');
        var code = (space < 0 ? rest : rest.sub(0, space)).number();
        if (code < 100 || code > 699) return Field.broken("sipfrag-status-code", body, FORM);
        var end = lf < 0 ? LineEnd.NONE : crlf ? LineEnd.CRLF : LineEnd.LF;
        return Field.of(new Sipfrag((int) code, space < 0 ? "" : rest.sub(space + 1).text(), end));
    }
}
