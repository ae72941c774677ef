// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Content-Length header: how many octets the body has (RFC 3261 §20.14).
///
/// @param octets 0 or more
public record ContentLength(long octets) {
    public static final HeaderKind<ContentLength> KIND =
            HeaderKind.single(HeaderName.CONTENT_LENGTH, ContentLength::read);

    static Field<ContentLength> read(Slice value) {
        return Numbers.read(value, Long.MAX_VALUE, "content-length", "RFC 3261 §20.14")
                .map(ContentLength::new);
    }
}
