// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One Warning value: what went wrong besides the status code (RFC 3261 §20.43).
///
/// @param code three digits, such as 399
/// @param agent host or name of who added it
/// @param text without its quotes
public record Warning(int code, String agent, String text) {
    public static final HeaderKind<Warning> KIND =
            HeaderKind.list(HeaderName.WARNING, Warning::read);

    private static final String SOURCE = "RFC 3261 §20.43";

    static Field<Warning> read(Slice value) {
        var cursor = new Cursor(value);
        var code = cursor.token();
        if (code.length() != 3 || !Numbers.isDigits(code))
            return Field.broken("warning-code-form", value, SOURCE);
        var agent = cursor.skipWhite().until("\" \t\r\n");
        var text = cursor.skipWhite().quoted();
        if (agent.isEmpty() || text.isEmpty() || !cursor.skipWhite().atEnd())
            return Field.broken("warning-form", value, SOURCE);
        return Field.of(new Warning((int) code.number(), agent.text(), Cursor.unquote(text)));
    }
}
