// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One method of the Allow header: what the sender can be asked (RFC 3261 §20.5). The header may be
/// empty: then it is nothing.
///
/// @param method as written; methods are case-sensitive
public record Allow(String method) {
    public static final HeaderKind<Allow> KIND = HeaderKind.list(HeaderName.ALLOW, Allow::read);

    static Field<Allow> read(Slice value) {
        if (value.isEmpty()) return new Field.Absent<>();
        return Chars.isToken(value)
                ? Field.of(new Allow(Methods.read(value)))
                : Field.broken("allow-form", value, "RFC 3261 §20.5");
    }
}
