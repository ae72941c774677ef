// SPDX-License-Identifier: Apache-2.0
package referee.reference;

/// A header, or another part, that a response comes with.
///
/// @param name such as `WWW-Authenticate`, `Require: 100rel` or `an SDP body`
/// @param when the condition, such as `when sent reliably`; empty if always
/// @param source such as `RFC 3262 §3`
public record HeaderNeed(String name, String when, String source) {
    /// Reads `Name [when] {source}`.
    static HeaderNeed of(String cell) {
        var brace = cell.indexOf(" {");
        var bracket = cell.indexOf(" [");
        var nameEnd = bracket < 0 ? brace : bracket;
        var when = bracket < 0 ? "" : cell.substring(bracket + 2, cell.indexOf(']', bracket));
        return new HeaderNeed(
                cell.substring(0, nameEnd), when, cell.substring(brace + 2, cell.length() - 1));
    }

    /// As it stands in a sentence: headers as code, the condition behind.
    public String words() {
        var quoted = name.indexOf(' ') < 0 || name.indexOf(':') >= 0;
        return (quoted ? "`" + name + "`" : name) + (when.isEmpty() ? "" : " " + when);
    }
}
