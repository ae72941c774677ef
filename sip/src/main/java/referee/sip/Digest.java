// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// What goes into a request digest, apart from the secret (RFC 7616 §3.4.1). One part can be
/// changed at a time, so that a wrong response can be traced to the part that is wrong.
///
/// @param algorithm the hash
/// @param nonce of the challenge
/// @param qop as hashed: `auth`, `auth-int`, or empty for the form of RFC 2069
/// @param nc as hashed: eight hex digits where it is right
/// @param cnonce as hashed
/// @param method of the request; empty for `rspauth` (RFC 7616 §3.5)
/// @param uri the digest-uri, as written
/// @param body the entity body, which counts for `auth-int` only
public record Digest(
        DigestAlgorithm algorithm,
        String nonce,
        String qop,
        String nc,
        String cnonce,
        String method,
        String uri,
        Slice body) {

    /// Without a body.
    public static Digest of(
            DigestAlgorithm algorithm,
            String nonce,
            String qop,
            String nc,
            String cnonce,
            String method,
            String uri) {
        return new Digest(algorithm, nonce, qop, nc, cnonce, method, uri, Slice.EMPTY);
    }

    public Digest withAlgorithm(DigestAlgorithm other) {
        return new Digest(other, nonce, qop, nc, cnonce, method, uri, body);
    }

    public Digest withNonce(String other) {
        return new Digest(algorithm, other, qop, nc, cnonce, method, uri, body);
    }

    public Digest withCnonce(String other) {
        return new Digest(algorithm, nonce, qop, nc, other, method, uri, body);
    }

    public Digest withQop(String other) {
        return new Digest(algorithm, nonce, other, nc, cnonce, method, uri, body);
    }

    public Digest withNc(String other) {
        return new Digest(algorithm, nonce, qop, other, cnonce, method, uri, body);
    }

    public Digest withMethod(String other) {
        return new Digest(algorithm, nonce, qop, nc, cnonce, other, uri, body);
    }

    public Digest withUri(String other) {
        return new Digest(algorithm, nonce, qop, nc, cnonce, method, other, body);
    }

    public Digest withBody(Slice other) {
        return new Digest(algorithm, nonce, qop, nc, cnonce, method, uri, other);
    }

    /// The request digest in lower-case hex: 32 digits for MD5, 64 for the others.
    public String response(DigestSecret secret) {
        var a1 =
                algorithm.isSession()
                        ? algorithm.hex(secret.ha1() + ":" + nonce + ":" + cnonce)
                        : secret.ha1();
        var middle = qop.isEmpty() ? nonce : nonce + ":" + nc + ":" + cnonce + ":" + qop;
        return algorithm.hex(a1 + ":" + middle + ":" + a2());
    }

    /// The server's digest of the same exchange: the same without a method (RFC 7616 §3.5).
    public String rspauth(DigestSecret secret) {
        return withMethod("").response(secret);
    }

    /// The hashed user name that stands for the plain one (RFC 7616 §3.4.4).
    public static String userhash(DigestAlgorithm algorithm, String user, String realm) {
        return algorithm.hex(user + ":" + realm);
    }

    /// What these credentials say went into their response, for recomputing it.
    ///
    /// @param method of the request they came with
    /// @return empty where the algorithm is not known here
    public static Optional<Digest> of(Credentials credentials, String method, Slice body) {
        return DigestAlgorithm.of(credentials.algorithm())
                .map(algorithm ->
                        of(
                                        algorithm,
                                        credentials.nonce().orElse(""),
                                        credentials.qop().orElse(""),
                                        credentials.nc().orElse(""),
                                        credentials.cnonce().orElse(""),
                                        method,
                                        credentials.uri().orElse(""))
                                .withBody(body));
    }

    /// The value of an Authorization or Proxy-Authorization that answers a challenge as RFC 7616
    /// §3.4 asks: qop `auth` where it is offered, else `auth-int`, else none.
    ///
    /// @param uri the Request-URI as written
    /// @param nc how many requests this nonce has been used for, this one included; from 1
    /// @param body counts for `auth-int` only
    /// @return empty if the challenge cannot be answered: not Digest, realm or nonce missing,
    ///   algorithm or every qop unknown
    public static Optional<String> authorization(
            Challenge challenge,
            DigestAccount account,
            String method,
            String uri,
            long nc,
            String cnonce,
            Slice body) {
        return DigestAnswer.to(challenge, account, method, uri, nc, cnonce, body);
    }

    private String a2() {
        var plain = method + ":" + uri;
        if (!qop.equalsIgnoreCase("auth-int")) return algorithm.hex(plain);
        return algorithm.hex(plain + ":" + algorithm.hex(body.copy()));
    }
}
