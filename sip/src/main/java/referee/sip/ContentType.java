// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Content-Type header: what the body is (RFC 3261 §20.15).
///
/// @param type such as `application`, as written
/// @param subtype such as `sdp`, as written
public record ContentType(String type, String subtype, Params params) {
    public static final HeaderKind<ContentType> KIND =
            HeaderKind.single(HeaderName.CONTENT_TYPE, ContentType::read);

    static Field<ContentType> read(Slice value) {
        var cursor = new Cursor(value);
        var type = cursor.token();
        var slash = cursor.takeSeparator('/');
        var subtype = cursor.token();
        var params = Params.read(cursor);
        if (type.isEmpty() || !slash || subtype.isEmpty() || params.isEmpty())
            return Field.broken("content-type-form", value, "RFC 3261 §20.15");
        return Field.of(new ContentType(type.text(), subtype.text(), params.get()));
    }

    /// Whether it is this type, such as `message/sipfrag`; case and parameters do not matter.
    public boolean is(String mediaType) {
        return mediaType.equalsIgnoreCase(type + "/" + subtype);
    }
}
