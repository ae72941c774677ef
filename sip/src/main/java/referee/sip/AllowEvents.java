// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One value of the Allow-Events header: an event package the sender knows (RFC 6665 §8.2.2).
///
/// @param name templates included, such as `presence.winfo`
public record AllowEvents(String name) {
    public static final HeaderKind<AllowEvents> KIND =
            HeaderKind.list(HeaderName.ALLOW_EVENTS, AllowEvents::read);

    static Field<AllowEvents> read(Slice value) {
        return Chars.isToken(value)
                ? Field.of(new AllowEvents(value.text()))
                : Field.broken("allow-events-form", value, "RFC 6665 §8.4");
    }
}
