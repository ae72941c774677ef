// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;
import java.util.Optional;

/// Recomputes the response of credentials with accounts that are known, and where it differs tries
/// a closed list of mistakes. A password is never guessed: only what encodings make of the one that
/// was given.
///
/// @param credentials whose response is in doubt
/// @param request they came with
/// @param challenge they answer; empty where none was seen
/// @param earlierNonces of challenges before that one
public record DigestCheck(
        Credentials credentials,
        SipMessage request,
        Optional<Challenge> challenge,
        List<String> earlierNonces) {

    public DigestCheck {
        earlierNonces = List.copyOf(earlierNonces);
    }

    public DigestVerdict by(Keyring keyring) {
        var sent = credentials.response().orElse("");
        if (keyring.isEmpty() || sent.isEmpty() || credentials.auts().isPresent())
            return new DigestVerdict.Unknown();
        DigestVerdict verdict = new DigestVerdict.Unknown();
        for (var key : keyring.of(credentials)) {
            var one = by(key, sent);
            if (weight(one) > weight(verdict)) verdict = one;
        }
        return verdict;
    }

    /// The header value that would have been right, for the first account that can make it.
    ///
    /// @return its response is masked unless the keyring reveals it; empty where no challenge was
    ///   seen or no account fits
    public Optional<String> right(Keyring keyring) {
        for (var key : keyring.of(credentials)) {
            var answer = challenge.flatMap(asked -> answer(asked, key, keyring.reveals()));
            if (answer.isPresent()) return answer;
        }
        return Optional.empty();
    }

    private Optional<String> answer(Challenge asked, AccountKey key, boolean revealed) {
        var uri = request.start() instanceof StartLine.Request start ? start.uri().text() : "";
        var cnonce = credentials.cnonce().orElse("0a4f113b");
        return DigestAnswer.to(
                asked,
                new DigestAnswer.Account(key.user(), key::secret),
                request.method(),
                uri,
                1,
                cnonce,
                request.body(),
                revealed);
    }

    private DigestVerdict by(AccountKey key, String sent) {
        var digest = Digest.of(credentials, request.method(), request.body());
        if (digest.isEmpty()) return new DigestVerdict.Unknown();
        return new DigestSuspects(this, digest.get(), key, sent).verdict();
    }

    private static int weight(DigestVerdict verdict) {
        return switch (verdict) {
            case DigestVerdict.Unknown _ -> 0;
            case DigestVerdict.Different _ -> 1;
            case DigestVerdict.Mistaken _ -> 2;
            case DigestVerdict.Right _ -> 3;
        };
    }
}
