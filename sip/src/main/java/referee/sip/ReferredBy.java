// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Referred-By header: on whose behalf a request is sent (RFC 3892 §3).
public record ReferredBy(NameAddr address) {
    public static final HeaderKind<ReferredBy> KIND =
            HeaderKind.single(HeaderName.REFERRED_BY, ReferredBy::read);

    static Field<ReferredBy> read(Slice value) {
        return NameAddr.read(value, "referred-by", "RFC 3892 §3").map(ReferredBy::new);
    }

    /// The Content-ID of the body part that vouches for it (RFC 3892 §4).
    public Optional<String> cid() {
        return address.params().text("cid");
    }
}
