// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Expires header: how long a message or what it asks for is good (RFC 3261 §20.19).
///
/// @param seconds 0 to 2^32 - 1
public record Expires(long seconds) {
    public static final HeaderKind<Expires> KIND =
            HeaderKind.single(HeaderName.EXPIRES, Expires::read);

    static Field<Expires> read(Slice value) {
        return Numbers.read(value, Numbers.MAX_32_BITS, "expires", "RFC 3261 §20.19")
                .map(Expires::new);
    }
}
