// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// A name and an address: what From, To, Contact, Route, Refer-To and others hold (RFC 3261 §20.10,
/// §25.1).
///
/// Without angle brackets everything behind a semicolon belongs to the header, not to the URI (RFC
/// 3261 §20).
///
/// @param name the display name, unquoted; empty if there is none
/// @param bracketed whether the URI stands in angle brackets
/// @param params of the header
public record NameAddr(Optional<String> name, Uri uri, boolean bracketed, Params params) {
    private static final String GRAMMAR = "RFC 3261 §25.1";

    /// The header parameter `tag`, found without reading the rest.
    ///
    /// @return the tag as written, or an empty slice
    public static Slice tagOf(Slice value) {
        return ParamScan.find(value, afterAddress(value), "tag", false);
    }

    /// @param header what a flaw of this header is called, such as `from`: `from-form`
    static Field<NameAddr> read(Slice value, String header, String source) {
        var cursor = new Cursor(value);
        cursor.skipWhite();
        return displayName(cursor, value)
                .then(name -> address(name, cursor, value, header, source));
    }

    private static Field<NameAddr> address(
            String name, Cursor cursor, Slice value, String header, String source) {
        var bracketed = cursor.take('<');
        var address = bracketed ? cursor.until(">") : cursor.until("; \t\r\n");
        if (bracketed && !cursor.take('>'))
            return Field.broken("angle-bracket-not-closed", value, GRAMMAR);
        var params = Params.read(cursor);
        if (address.isEmpty() || params.isEmpty())
            return Field.broken(header + "-form", value, source);
        var said = Optional.of(name).filter(text -> !text.isEmpty());
        return Uri.read(address).map(uri -> new NameAddr(said, uri, bracketed, params.get()));
    }

    public Optional<String> tag() {
        return params.text("tag");
    }

    /// Reads up to the angle bracket, or nothing where there is none. Octets outside ASCII are let
    /// through, although a display name that has them must be quoted.
    private static Field<String> displayName(Cursor cursor, Slice value) {
        if (cursor.peek() == '"') {
            var quoted = cursor.quoted();
            if (quoted.isEmpty()) return Field.broken("quoted-string-not-closed", value, GRAMMAR);
            return cursor.skipWhite().peek() == '<'
                    ? Field.of(Cursor.unquote(quoted))
                    : Field.broken("display-name-without-address", value, GRAMMAR);
        }
        var start = cursor.position();
        var words = cursor.until("<");
        if (cursor.peek() != '<') {
            cursor.moveTo(start);
            return Field.of("");
        }
        return isTokens(words)
                ? Field.of(words.trim().text())
                : Field.broken("display-name-not-token", words.trim(), GRAMMAR);
    }

    private static boolean isTokens(Slice words) {
        for (var i = 0; i < words.length(); i++) {
            var b = (byte) words.at(i);
            if (!Chars.isToken(b) && !Slice.isWhite(b) && b >= 0) return false;
        }
        return true;
    }

    /// Where the header's own parameters can begin: behind the closing bracket, if there is one.
    /// Where a quote is not closed, quotes count for nothing.
    private static int afterAddress(Slice value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.at(i);
            if (c == '"') {
                i = ParamScan.endOfQuoted(value, i);
                if (i >= value.length()) return lastBracket(value);
            } else if (c == '<') {
                var close = value.indexOf('>', i);
                return close < 0 ? value.length() : close;
            }
        }
        return 0;
    }

    private static int lastBracket(Slice value) {
        var i = value.length() - 1;
        while (i >= 0 && value.at(i) != '>') i--;
        return i < 0 ? value.length() : i;
    }
}
