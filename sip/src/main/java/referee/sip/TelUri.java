// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// A tel URI: a telephone number (RFC 3966 §3).
///
/// @param number as written, with its visual separators
public record TelUri(Slice text, Slice number, Params params) implements Uri {
    static Field<Uri> read(Slice text) {
        var cursor = new Cursor(text.sub(4));
        var number = cursor.until(";");
        var params = Params.ofUri(cursor.rest());
        if (number.isEmpty() || params.isEmpty())
            return Field.broken("tel-uri-form", text, "RFC 3966 §3");
        return Field.of(new TelUri(text, number, params.get()));
    }

    /// The digits, with a leading plus if there is one, without visual separators.
    public String digits() {
        var digits = new StringBuilder(number.length());
        for (var i = 0; i < number.length(); i++) {
            var c = (char) number.at(i);
            if ("-.() ".indexOf(c) < 0) digits.append(c);
        }
        return digits.toString();
    }

    @Override
    public String toString() {
        return text.text();
    }
}
