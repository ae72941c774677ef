// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Past.Leniency;
import referee.diagnosis.Story;
import referee.rules.auth.Retry.Match;
import referee.sip.Credentials;
import referee.sip.DigestAlgorithm;

/// Whether credentials have the form that their challenge asks for (RFC 7616 §3.4).
final class Forms {
    private Forms() {}

    static Optional<Mistake> mistake(Match match) {
        if (algorithm(match).isPresent()) return Optional.of(Mistake.ALGORITHM);
        if (isQopList(match.credentials())) return Optional.of(Mistake.QOP_LIST);
        return isQopForm(match) ? Optional.of(Mistake.QOP_FORM) : Optional.empty();
    }

    /// What does not fit the algorithm, in words.
    static Optional<String> algorithm(Match match) {
        var asked = DigestAlgorithm.of(match.challenge().algorithm());
        var sent = match.credentials().algorithm();
        var response = match.credentials().response().orElse("");
        if (asked.isEmpty() || response.isEmpty()) return Optional.empty();
        if (!match.isSameAlgorithm()) {
            return Optional.of(
                    match.credentials().params().get("algorithm").isPresent()
                            ? "the challenge asks for %s and the credentials say %s"
                                    .formatted(asked.get().word(), sent)
                            : "the challenge asks for %s and the credentials name no algorithm, which means MD5"
                                    .formatted(asked.get().word()));
        }
        var digits = asked.get().responseDigits();
        if (response.length() != digits)
            return Optional.of(
                    "the response has %d digits, and %s has %d"
                            .formatted(response.length(), asked.get().word(), digits));
        if (!response.chars().allMatch(c -> Character.digit(c, 16) >= 0))
            return Optional.of("the response is not made of hex digits");
        return response.chars().anyMatch(c -> c >= 'A' && c <= 'F')
                ? Optional.of("the response is written in upper-case hex digits")
                : Optional.empty();
    }

    static boolean isQopList(Credentials credentials) {
        return credentials.qop().filter(qop -> qop.strip().matches(".*[,\\s].*")).isPresent();
    }

    private static boolean isQopForm(Match match) {
        var credentials = match.credentials();
        if (credentials.qop().isEmpty()) return !match.challenge().qop().isEmpty();
        return credentials.cnonce().isEmpty()
                || credentials.nc().filter(Forms::isNonceCount).isEmpty();
    }

    private static boolean isNonceCount(String nc) {
        return nc.length() == 8 && nc.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /// An algorithm in quotes is so common that it explains a 400 only.
    static Optional<Mistake> quoting(Match match, int code, Story story) {
        var wrong = match.credentials().wronglyQuoted();
        if (story.past().leniency().contains(Leniency.QUOTES)) return Optional.empty();
        if (wrong.isEmpty() || code != 400 && wrong.equals(List.of("algorithm")))
            return Optional.empty();
        return Optional.of(Mistake.QUOTING);
    }
}
