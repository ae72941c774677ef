// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A scheme and its parameters, as challenges and credentials hold them (RFC 7616 §3.3 and §3.4,
/// RFC 3261 §25.1).
///
/// @param scheme as written, such as `Digest`; empty where the line starts with a parameter
/// @param all in wire order, duplicates kept
public record AuthParams(Slice scheme, List<Param> all) {
    /// @param name as written; empty for a [Form#BLOB]
    /// @param value without its quotes
    /// @param form how the value is written
    public record Param(Slice name, Slice value, Form form) {
        /// The value in words; escapes of a quoted string are replaced.
        public String text() {
            if (form != Form.QUOTED || value.indexOf('\\') < 0) return value.text();
            return Cursor.unquote(new Slice(value.bytes(), value.from() - 1, value.to() + 1));
        }

        /// The name alone; the value may be a secret.
        @Override
        public String toString() {
            return name.text();
        }
    }

    public enum Form {
        TOKEN,
        QUOTED,
        /// It begins with a quote that does not end.
        UNENDED,
        /// Nothing but a value behind the scheme, as Basic, NTLM and Negotiate have it (RFC 7235
        /// §2.1, `token68`).
        BLOB
    }

    private static final int MAX_PARAMS = 64;

    public AuthParams {
        all = List.copyOf(all);
    }

    /// The first parameter of this name, case apart.
    public Optional<Param> get(String name) {
        for (var param : all) {
            if (param.name().isIgnoreCase(name)) return Optional.of(param);
        }
        return Optional.empty();
    }

    public Optional<String> text(String name) {
        return get(name).map(Param::text);
    }

    /// Reads one header line. A line may hold several challenges, joined by the same commas that
    /// separate parameters: a word without an equals sign begins the next, unless it stands right
    /// behind a scheme.
    static List<AuthParams> readAll(Slice line) {
        var found = new ArrayList<AuthParams>(1);
        var cursor = new Cursor(line);
        var scheme = Slice.EMPTY;
        var params = new ArrayList<Param>();
        while (!cursor.skipWhite().atEnd()) {
            if (cursor.take(',')) continue;
            var word = cursor.token();
            if (word.isEmpty()) {
                cursor.until(",");
                continue;
            }
            if (cursor.takeSeparator('=')) {
                if (params.size() < MAX_PARAMS) params.add(value(word, cursor));
                continue;
            }
            if (isMoreQop(word, params)) {
                params.add(moreQop(params.removeLast(), word));
                continue;
            }
            if (!scheme.isEmpty() || !params.isEmpty()) found.add(new AuthParams(scheme, params));
            scheme = word;
            params = new ArrayList<>();
            var blob = blob(cursor, scheme);
            if (!blob.isEmpty()) params.add(new Param(Slice.EMPTY, blob, Form.BLOB));
        }
        if (!scheme.isEmpty() || !params.isEmpty()) found.add(new AuthParams(scheme, params));
        return found;
    }

    /// Whether this is the rest of a qop list that lacks its quotes: `qop=auth,auth-int`.
    private static boolean isMoreQop(Slice word, List<Param> params) {
        if (params.isEmpty() || !word.isIgnoreCase("auth") && !word.isIgnoreCase("auth-int"))
            return false;
        var last = params.getLast();
        return last.name().isIgnoreCase("qop") && last.form() == Form.TOKEN;
    }

    private static Param moreQop(Param qop, Slice word) {
        var whole = new Slice(word.bytes(), qop.value().from(), word.to());
        return new Param(qop.name(), whole, Form.TOKEN);
    }

    /// What stands right behind a scheme and is no parameter; an empty slice if there is none.
    private static Slice blob(Cursor cursor, Slice scheme) {
        var start = cursor.skipWhite().position();
        var text = cursor.until(", \t\r\n");
        var equals = text.indexOf('=');
        var padded = equals > 0 && !scheme.isIgnoreCase("Digest") && isPadding(text.sub(equals));
        if (padded || equals < 0 && cursor.skipWhite().peek() != '=') return text;
        cursor.moveTo(start);
        return Slice.EMPTY;
    }

    private static boolean isPadding(Slice text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.at(i) != '=') return false;
        }
        return true;
    }

    private static Param value(Slice name, Cursor cursor) {
        if (cursor.peek() != '"') return new Param(name, cursor.until(", \t\r\n"), Form.TOKEN);
        var quoted = cursor.quoted();
        if (!quoted.isEmpty())
            return new Param(name, quoted.sub(1, quoted.length() - 1), Form.QUOTED);
        cursor.take('"');
        return new Param(name, cursor.until(",").trim(), Form.UNENDED);
    }

    /// The scheme and the parameters' names; values may be secrets.
    @Override
    public String toString() {
        return scheme + " " + all.stream().map(param -> param.name().text()).toList();
    }
}
