// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Refer-Sub header: whether a REFER makes a subscription (RFC 4488 §4).
///
/// @param wanted false asks for none in a REFER, and grants that in its 2xx
public record ReferSub(boolean wanted) {
    public static final HeaderKind<ReferSub> KIND =
            HeaderKind.single(HeaderName.REFER_SUB, ReferSub::read);

    static Field<ReferSub> read(Slice value) {
        var cursor = new Cursor(value);
        var word = cursor.token();
        var wanted = word.isIgnoreCase("true");
        if (!wanted && !word.isIgnoreCase("false") || Params.read(cursor).isEmpty())
            return Field.broken("refer-sub-form", value, "RFC 4488 §4");
        return Field.of(new ReferSub(wanted));
    }
}
