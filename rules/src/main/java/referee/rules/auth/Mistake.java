// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

/// What is wrong with a retry, the most telling first: at most one thing, so that no two rules
/// explain the same messages.
enum Mistake {
    /// It asks to count anew, as AKA provides.
    RESYNC,
    /// It carries no credentials for what was asked.
    NO_CREDENTIALS,
    /// The credentials stand in the header of the other kind.
    WRONG_HEADER,
    /// The credentials are for a realm that nobody asked for.
    OTHER_REALM,
    /// Of several realms that asked, one got no credentials.
    PART_OF_REALMS,
    /// The CSeq number is that of the challenged request.
    SAME_CSEQ,
    /// The nonce is not the one of the challenge.
    OLD_NONCE,
    /// The opaque value of the challenge is missing or changed.
    OPAQUE,
    /// Another URI was hashed than the header shows.
    URI_HASHED,
    METHOD_HASHED,
    QOP_HASHED,
    FORM_HASHED,
    NAME_HASHED,
    BODY_HASHED,
    /// The body was changed on the way, after auth-int was made over it.
    BODY_CHANGED,
    PASSWORD_HASHED,
    ALGORITHM_HASHED,
    NONCE_HASHED,
    /// HA1 is that of another realm or hash.
    HA1_HASHED,
    /// It went to another server, which did not know the nonce.
    OTHER_SERVER,
    /// It left over another transport, or to somebody else.
    OTHER_WAY,
    /// The algorithm is not that of the challenge, or the response has not its length.
    ALGORITHM,
    /// The whole qop list is sent back.
    QOP_LIST,
    /// qop, nc and cnonce do not go together.
    QOP_FORM,
    /// The nonce was accepted before, and its count did not go up.
    COUNT_REPLAYED,
    /// The nonce is new, and its count does not start at one.
    COUNT_NOT_RESET,
    /// The digest-uri is one that the request had before, or that a response named.
    REWRITTEN_URI,
    /// The digest-uri is not the Request-URI.
    URI,
    /// A proxy changed the Request-URI, and the server compares.
    STRICT_URI,
    /// From tag changed.
    IDENTITY,
    /// Quotes stand where they must not, or are missing.
    QUOTING,
    /// The digest is right, as a known account proves.
    SERVER,
    /// The digest fits no known mistake of a known account: the password differs.
    PASSWORD_DIFFERS,
    NONE;

    /// Whether an answer of stale=true can come of it.
    boolean isOfNonce() {
        return switch (this) {
            case OLD_NONCE, NONCE_HASHED, OTHER_SERVER, OTHER_WAY, SAME_CSEQ, COUNT_REPLAYED ->
                    true;
            default -> false;
        };
    }
}
