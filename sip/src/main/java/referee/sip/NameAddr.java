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
    /// The header parameter `tag`, found without reading the rest.
    ///
    /// @return the tag as written, or an empty slice
    public static Slice tagOf(Slice value) {
        return ParamScan.find(value, afterAddress(value), "tag", false);
    }

    /// @param code what a flaw of this header is called, such as `from-form`
    static Field<NameAddr> read(Slice value, String code, String source) {
        var cursor = new Cursor(value);
        var name = displayName(cursor);
        if (name == null) return Field.broken(code, value, source);
        var bracketed = cursor.take('<');
        if (!bracketed && !name.isEmpty()) return Field.broken(code, value, source);
        var address = bracketed ? cursor.until(">") : cursor.until("; \t\r\n");
        if (bracketed && !cursor.take('>')) return Field.broken(code, value, source);
        var params = Params.read(cursor);
        if (params.isEmpty()) return Field.broken(code, value, source);
        return switch (Uri.read(address)) {
            case Field.Present<Uri>(var uri) ->
                    Field.of(
                            new NameAddr(
                                    Optional.of(name).filter(n -> !n.isEmpty()),
                                    uri,
                                    bracketed,
                                    params.get()));
            case Field.Absent<Uri> _ -> Field.broken(code, value, source);
            case Field.Broken<Uri>(var flaw) -> new Field.Broken<>(flaw);
        };
    }

    public Optional<String> tag() {
        return params.text("tag");
    }

    /// @return the display name, empty if there is none, or null if it is none and no address
    ///   either
    private static @org.jspecify.annotations.Nullable String displayName(Cursor cursor) {
        cursor.skipWhite();
        if (cursor.peek() == '"') {
            var quoted = cursor.quoted();
            if (quoted.isEmpty()) return null;
            cursor.skipWhite();
            return cursor.peek() == '<' ? Cursor.unquote(quoted) : null;
        }
        var start = cursor.position();
        var words = cursor.until("<");
        if (cursor.peek() != '<') {
            cursor.moveTo(start);
            return "";
        }
        return isTokens(words) ? words.trim().text() : null;
    }

    private static boolean isTokens(Slice words) {
        for (var i = 0; i < words.length(); i++) {
            var b = (byte) words.at(i);
            if (!Chars.isToken(b) && !Slice.isWhite(b) && b >= 0) return false;
        }
        return true;
    }

    /// Where the header's own parameters can begin: behind the closing bracket, if there is one.
    private static int afterAddress(Slice value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.at(i);
            if (c == '"') {
                i = ParamScan.endOfQuoted(value, i);
            } else if (c == '<') {
                var close = value.indexOf('>', i);
                return close < 0 ? value.length() : close;
            }
        }
        return 0;
    }
}
