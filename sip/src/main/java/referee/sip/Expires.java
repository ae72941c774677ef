// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Expires header (RFC 3261 §20.19).
///
/// @param seconds 0 to 2^32 - 1
public record Expires(long seconds) {
    public static final HeaderKind<Expires> KIND =
            HeaderKind.single(HeaderName.EXPIRES, Expires::read);

    private static final long MAX = (1L << 32) - 1;

    static Field<Expires> read(Slice value) {
        var seconds = value.number();
        if (seconds < 0 && value.length() < 19)
            return Field.broken("expires-form", value, "RFC 3261 §20.19");
        if (seconds < 0 || seconds > MAX)
            return Field.broken("expires-too-large", value, "RFC 3261 §20.19");
        return Field.of(new Expires(seconds));
    }
}
