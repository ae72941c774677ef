// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Round;
import referee.diagnosis.Story;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.DigestCheck;
import referee.sip.DigestMistake;
import referee.sip.DigestVerdict;

/// Credentials recomputed with the accounts that the reader of the evidence offered.
final class Lamp {
    private static final DigestVerdict DARK = new DigestVerdict.Unknown();

    private Lamp() {}

    static DigestVerdict on(Retry retry, Story story) {
        if (story.keyring().isEmpty()) return DARK;
        return check(retry).map(check -> check.by(story.keyring())).orElse(DARK);
    }

    /// The header that would have been right, its name included; empty where it is not known.
    static Optional<String> right(Retry retry, Story story) {
        if (story.keyring().isEmpty()) return Optional.empty();
        return check(retry)
                .flatMap(check -> check.right(story.keyring()))
                .map(value -> "%s: %s".formatted(header(retry), value));
    }

    /// What was hashed wrongly, in words; empty where no mistake is known.
    static Optional<String> words(Retry retry, Story story) {
        return on(retry, story) instanceof DigestVerdict.Mistaken(_, var says)
                ? Optional.of(says)
                : Optional.empty();
    }

    static Mistake mistake(DigestMistake part) {
        return switch (part) {
            case URI -> Mistake.URI_HASHED;
            case METHOD -> Mistake.METHOD_HASHED;
            case QOP -> Mistake.QOP_HASHED;
            case FORM -> Mistake.FORM_HASHED;
            case USERNAME -> Mistake.NAME_HASHED;
            case REALM, HA1_ALGORITHM -> Mistake.HA1_HASHED;
            case NONCE -> Mistake.NONCE_HASHED;
            case BODY -> Mistake.BODY_HASHED;
            case PASSWORD -> Mistake.PASSWORD_HASHED;
            case ALGORITHM, UPPER_CASE -> Mistake.ALGORITHM_HASHED;
        };
    }

    private static Optional<DigestCheck> check(Retry retry) {
        var request = retry.after().transaction().message();
        var match = retry.match();
        if (request.isEmpty() || match.isEmpty()) return Optional.empty();
        return Optional.of(
                new DigestCheck(
                        match.get().credentials(),
                        request.get(),
                        Optional.of(match.get().challenge()),
                        nonces(retry.earlier())));
    }

    private static List<String> nonces(List<Round> rounds) {
        return rounds.stream()
                .flatMap(round -> round.challenges().stream())
                .flatMap(challenge -> challenge.nonce().stream())
                .toList();
    }

    private static String header(Retry retry) {
        return header(retry.match().orElseThrow().credentials());
    }

    static String header(Credentials credentials) {
        return credentials.isProxy() ? "Proxy-Authorization" : "Authorization";
    }

    static String header(Challenge challenge) {
        return challenge.isProxy() ? "Proxy-Authorization" : "Authorization";
    }
}
