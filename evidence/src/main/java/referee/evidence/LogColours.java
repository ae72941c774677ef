// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Takes the control sequences of a terminal (ECMA-48 §5.4) out of a line.
final class LogColours {
    private static final char ESCAPE = '\u001b';

    private LogColours() {}

    static String without(String text) {
        var at = text.indexOf(ESCAPE);
        if (at < 0) return text;
        var plain = new StringBuilder(text.length());
        var from = 0;
        while (at >= 0) {
            plain.append(text, from, at);
            from = end(text, at);
            at = text.indexOf(ESCAPE, from);
        }
        return plain.append(text, from, text.length()).toString();
    }

    /// Behind the sequence that begins here: `ESC [`, parameters, and a final character.
    private static int end(String text, int escape) {
        var at = escape + 1;
        if (at >= text.length() || text.charAt(at) != '[') return at;
        at++;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < '@') at++;
        return Math.min(at + 1, text.length());
    }
}
