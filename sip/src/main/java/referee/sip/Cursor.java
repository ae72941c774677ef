// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Reads along a header's value: tokens, quoted strings and the white space between them (RFC 3261
/// §25.1).
///
/// Every method moves on only over what it returns or accepts. White space includes folded line
/// ends.
final class Cursor {
    private final Slice slice;
    private int at;

    Cursor(Slice slice) {
        this.slice = slice;
    }

    boolean atEnd() {
        return at >= slice.length();
    }

    /// The next byte, 0 to 255, or -1 at the end.
    int peek() {
        return at < slice.length() ? slice.at(at) : -1;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    Cursor skipWhite() {
        while (at < slice.length() && Slice.isWhite((byte) slice.at(at))) at++;
        return this;
    }

    /// Takes this byte if it is next.
    boolean take(int wanted) {
        if (peek() != wanted) return false;
        at++;
        return true;
    }

    /// Takes this byte, with white space on either side, if it is next.
    boolean takeSeparator(int wanted) {
        var before = at;
        skipWhite();
        if (!take(wanted)) {
            at = before;
            return false;
        }
        skipWhite();
        return true;
    }

    /// The longest token from here; empty if there is none.
    Slice token() {
        var start = at;
        while (at < slice.length() && Chars.isToken((byte) slice.at(at))) at++;
        return slice.sub(start, at);
    }

    /// Everything up to one of these bytes, or to the end.
    Slice until(String stops) {
        var start = at;
        while (at < slice.length() && stops.indexOf(slice.at(at)) < 0) at++;
        return slice.sub(start, at);
    }

    /// A quoted string with its quotes, or an empty slice if there is none or it does not end.
    Slice quoted() {
        if (peek() != '"') return slice.sub(at, at);
        for (var i = at + 1; i < slice.length(); i++) {
            if (slice.at(i) == '\\') {
                i++;
            } else if (slice.at(i) == '"') {
                var found = slice.sub(at, i + 1);
                at = i + 1;
                return found;
            }
        }
        return slice.sub(at, at);
    }

    /// A comment with its parentheses, which may hold others (RFC 3261 §25.1); an empty slice if
    /// there is none or it does not end.
    Slice comment() {
        var depth = 0;
        for (var i = at; i < slice.length(); i++) {
            var c = slice.at(i);
            if (c == '\\') i++;
            else if (c == '(') depth++;
            else if (c == ')' && --depth == 0) {
                var found = slice.sub(at, i + 1);
                at = i + 1;
                return found;
            }
            if (depth == 0) break;
        }
        return slice.sub(at, at);
    }

    Slice rest() {
        var found = slice.sub(Math.min(at, slice.length()));
        at = slice.length();
        return found;
    }

    /// What a quoted string says: its text without the quotes, each escape replaced by its
    /// character.
    static String unquote(Slice quoted) {
        var inner = quoted.sub(1, quoted.length() - 1);
        if (inner.indexOf('\\') < 0) return inner.text();
        var text = inner.text();
        var plain = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) plain.append(text.charAt(++i));
            else plain.append(c);
        }
        return plain.toString();
    }
}
