// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The CSeq header: which request of a dialog this is, or answers (RFC 3261 §8.1.1.5 and §20.16).
///
/// @param number 0 to 2^31 - 1
/// @param method as written; methods are case-sensitive
public record CSeq(long number, String method) {
    public static final HeaderKind<CSeq> KIND = HeaderKind.single(HeaderName.CSEQ, CSeq::read);

    private static final long MAX = (1L << 31) - 1;

    static Field<CSeq> read(Slice value) {
        var cursor = new Cursor(value);
        var number = Numbers.read(cursor.token(), MAX, "cseq", "RFC 3261 §8.1.1.5");
        var method = cursor.skipWhite().token();
        if (number.isPresent() && (method.isEmpty() || !cursor.skipWhite().atEnd()))
            return Field.broken("cseq-form", value, "RFC 3261 §20.16");
        return number.map(n -> new CSeq(n, Methods.read(method)));
    }
}
