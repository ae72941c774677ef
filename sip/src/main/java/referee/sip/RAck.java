// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The RAck header of a PRACK: which provisional response it acknowledges (RFC 3262 §7.2).
///
/// @param rseq the RSeq of that response
/// @param cseq the number in that response's CSeq
/// @param method the method in that response's CSeq
public record RAck(long rseq, long cseq, String method) {
    public static final HeaderKind<RAck> KIND = HeaderKind.single(HeaderName.RACK, RAck::read);

    private static final String SOURCE = "RFC 3262 §7.2";

    static Field<RAck> read(Slice value) {
        var cursor = new Cursor(value);
        var rseq = cursor.token();
        var rest = cursor.skipWhite().rest();
        return Numbers.read(rseq, Numbers.MAX_32_BITS, "rack", SOURCE)
                .then(number ->
                        CSeq.read(rest)
                                .optional()
                                .map(cseq ->
                                        Field.of(new RAck(number, cseq.number(), cseq.method())))
                                .orElseGet(() -> Field.broken("rack-form", value, SOURCE)));
    }
}
