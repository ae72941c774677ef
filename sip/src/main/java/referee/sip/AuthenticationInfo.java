// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Authentication-Info header of a 2xx: the server's own proof, and the nonce to use next (RFC
/// 7616 §3.5, RFC 3261 §20.6).
///
/// @param params as written, in wire order
public record AuthenticationInfo(AuthParams params) {
    public static final HeaderKind<AuthenticationInfo> KIND =
            HeaderKind.single(HeaderName.AUTHENTICATION_INFO, AuthenticationInfo::read);

    /// The same from a proxy (RFC 7616 §3.5).
    public static final HeaderKind<AuthenticationInfo> PROXY =
            HeaderKind.single(HeaderName.PROXY_AUTHENTICATION_INFO, AuthenticationInfo::read);

    static Field<AuthenticationInfo> read(Slice value) {
        var read = AuthParams.readAll(value);
        return read.size() == 1 && !read.getFirst().all().isEmpty()
                ? Field.of(new AuthenticationInfo(read.getFirst()))
                : Field.broken("authentication-info-form", value, "RFC 7616 §3.5");
    }

    public Optional<String> nextnonce() {
        return params.text("nextnonce");
    }

    /// The server's digest: a secret, never to be printed.
    public Optional<String> rspauth() {
        return params.text("rspauth");
    }

    public Optional<String> qop() {
        return params.text("qop");
    }

    /// As the client sent it.
    public Optional<String> cnonce() {
        return params.text("cnonce");
    }

    /// The nonce count as written.
    public Optional<String> nc() {
        return params.text("nc");
    }
}
