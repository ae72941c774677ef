// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Min-SE header: the shortest session interval somebody accepts (RFC 4028 §5).
///
/// @param seconds 0 to 2^32 - 1; below 90 it is against the RFC
public record MinSE(long seconds) {
    public static final HeaderKind<MinSE> KIND = HeaderKind.single(HeaderName.MIN_SE, MinSE::read);

    static Field<MinSE> read(Slice value) {
        var cursor = new Cursor(value);
        var digits = cursor.token();
        if (Params.read(cursor).isEmpty()) return Field.broken("min-se-form", value, "RFC 4028 §5");
        return Numbers.read(digits, Numbers.MAX_32_BITS, "min-se", "RFC 4028 §5").map(MinSE::new);
    }
}
