// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// One Reason value: why a request was sent, in the words of some protocol (RFC 3326 §2).
///
/// @param protocol such as `SIP` or `Q.850`, as written
/// @param cause a SIP status code, a Q.850 cause, or whatever the protocol counts; 0 to 999999
public record Reason(String protocol, Optional<Integer> cause, Optional<String> text) {
    public static final HeaderKind<Reason> KIND = HeaderKind.list(HeaderName.REASON, Reason::read);

    private static final long MAX_CAUSE = 999_999;

    static Field<Reason> read(Slice value) {
        var cursor = new Cursor(value);
        var protocol = cursor.token();
        var params = Params.read(cursor);
        if (protocol.isEmpty() || params.isEmpty())
            return Field.broken("reason-form", value, "RFC 3326 §2");
        return Field.of(
                new Reason(protocol.text(), cause(params.get()), params.get().text("text")));
    }

    public boolean isSip() {
        return protocol.equalsIgnoreCase("SIP");
    }

    public boolean isQ850() {
        return protocol.equalsIgnoreCase("Q.850");
    }

    private static Optional<Integer> cause(Params params) {
        return params.get("cause")
                .map(param -> param.value().number())
                .filter(cause -> cause >= 0 && cause <= MAX_CAUSE)
                .map(Long::intValue);
    }
}
