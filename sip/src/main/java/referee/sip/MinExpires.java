// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Min-Expires header of a 423: the shortest time a server grants (RFC 3261 §20.23).
///
/// @param seconds 0 to 2^32 - 1
public record MinExpires(long seconds) {
    public static final HeaderKind<MinExpires> KIND =
            HeaderKind.single(HeaderName.MIN_EXPIRES, MinExpires::read);

    static Field<MinExpires> read(Slice value) {
        return Numbers.read(value, Numbers.MAX_32_BITS, "min-expires", "RFC 3261 §20.23")
                .map(MinExpires::new);
    }
}
