// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The part of a digest that was hashed wrongly.
public enum DigestMistake {
    /// Another URI than the one the header shows.
    URI,
    METHOD,
    /// Another qop than the one the header shows, such as the whole list.
    QOP,
    /// The form of RFC 2069 although the header shows qop, or the reverse; nc or cnonce hashed in
    /// another form than shown.
    FORM,
    /// The name in another form: with or without a domain.
    USERNAME,
    REALM,
    /// The nonce of an earlier challenge, or one that was changed.
    NONCE,
    /// The body of auth-int.
    BODY,
    /// The password went through an encoding, or lost or gained characters on the way.
    PASSWORD,
    ALGORITHM,
    /// HA1 was made with another hash than the rest.
    HA1_ALGORITHM,
    /// Right, but in upper-case hex digits.
    UPPER_CASE
}
