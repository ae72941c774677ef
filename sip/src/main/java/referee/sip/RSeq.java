// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The RSeq header: the number of a reliable provisional response (RFC 3262 §7.1).
///
/// @param number 1 to 2^32 - 1
public record RSeq(long number) {
    public static final HeaderKind<RSeq> KIND = HeaderKind.single(HeaderName.RSEQ, RSeq::read);

    private static final String SOURCE = "RFC 3262 §7.1";

    static Field<RSeq> read(Slice value) {
        return Numbers.read(value, Numbers.MAX_32_BITS, "rseq", SOURCE)
                .then(number ->
                        number == 0
                                ? Field.broken("rseq-zero", value, SOURCE)
                                : Field.of(new RSeq(number)));
    }
}
