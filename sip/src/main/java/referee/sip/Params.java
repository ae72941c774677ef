// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `;name=value` list that follows many header values (RFC 3261 §25.1, generic-param), in wire
/// order.
///
/// @param all every parameter, duplicates kept
public record Params(List<Param> all) {
    public static final Params NONE = new Params(List.of());

    /// @param name as written
    /// @param value as written, a quoted string with its quotes; empty for a bare flag such as `lr`
    /// @param hasValue whether there was an equals sign
    public record Param(Slice name, Slice value, boolean hasValue) {
        /// The value in words: a quoted string without its quotes and escapes.
        public String text() {
            return value.length() >= 2 && value.at(0) == '"' ? Cursor.unquote(value) : value.text();
        }
    }

    public Params {
        all = List.copyOf(all);
    }

    /// Reads from a semicolon to the end of the cursor's slice.
    ///
    /// @return empty if what follows is no parameter list
    static Optional<Params> read(Cursor cursor) {
        var found = new ArrayList<Param>();
        while (!cursor.skipWhite().atEnd()) {
            if (!cursor.takeSeparator(';')) return Optional.empty();
            var name = cursor.token();
            if (name.isEmpty()) return Optional.empty();
            if (!cursor.takeSeparator('=')) {
                found.add(new Param(name, Slice.EMPTY, false));
                continue;
            }
            var value = cursor.peek() == '"' ? cursor.quoted() : cursor.until("; \t\r\n\"");
            if (value.isEmpty() && cursor.peek() == '"') return Optional.empty();
            found.add(new Param(name, value, true));
        }
        return Optional.of(found.isEmpty() ? NONE : new Params(found));
    }

    /// Reads the parameters of a URI, where names may hold escapes and more characters than a
    /// token, and nothing is quoted (RFC 3261 §25.1, uri-parameters).
    ///
    /// @param text from the first semicolon on
    /// @return empty if it is no parameter list
    static Optional<Params> ofUri(Slice text) {
        var found = new ArrayList<Param>();
        var cursor = new Cursor(text);
        while (!cursor.atEnd()) {
            if (!cursor.take(';')) return Optional.empty();
            var name = cursor.until(";=");
            var hasValue = cursor.take('=');
            if (name.isEmpty()) return Optional.empty();
            found.add(new Param(name, hasValue ? cursor.until(";") : Slice.EMPTY, hasValue));
        }
        return Optional.of(found.isEmpty() ? NONE : new Params(found));
    }

    /// The first parameter of this name, case apart.
    public Optional<Param> get(String name) {
        for (var param : all) {
            if (param.name().isIgnoreCase(name)) return Optional.of(param);
        }
        return Optional.empty();
    }

    public boolean has(String name) {
        return get(name).isPresent();
    }

    /// The first such parameter's text, without quotes.
    public Optional<String> text(String name) {
        return get(name).map(Param::text);
    }
}
