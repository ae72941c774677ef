// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// What recomputing the response of some credentials came to.
public sealed interface DigestVerdict {
    /// It is what the known account gives.
    record Right() implements DigestVerdict {}

    /// It is what the known account gives if one thing is hashed wrongly.
    ///
    /// @param says what was hashed, such as `the digest was made with the method REGISTER`; no
    ///   secret
    record Mistaken(DigestMistake mistake, String says) implements DigestVerdict {}

    /// No known mistake explains it: the client holds another password.
    record Different() implements DigestVerdict {}

    /// The account is not known, or there is nothing to compare with.
    record Unknown() implements DigestVerdict {}
}
