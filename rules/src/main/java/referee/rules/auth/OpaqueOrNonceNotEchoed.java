// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// nonce or opaque of the credentials is not that of the newest challenge (RFC 7616 §3.3 and §3.4).
public final class OpaqueOrNonceNotEchoed implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES =
            Set.of(Mistake.OLD_NONCE, Mistake.OPAQUE, Mistake.NONCE_HASHED);

    @Override
    public String id() {
        return "opaque-or-nonce-not-echoed";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (StaleLoop.staleRounds(authentication).size() >= StaleLoop.ENOUGH) return List.of();
        return Retry.refused(authentication, MISTAKES, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var says = "%s; the answer was %d".formatted(what(retry, story), retry.code());
        return retry.finding(this, says, story)
                .certainty(retry.match().orElseThrow().isSameNonce() ? LIKELY : PROVEN)
                .blames(CLIENT, retry.after().transaction().client())
                .finding();
    }

    private static String what(Retry retry, Story story) {
        var match = retry.match().orElseThrow();
        if (match.isSameNonce()) {
            return Lamp.words(retry, story)
                    .orElse(
                            match.credentials().opaque().isEmpty()
                                    ? "the challenge has an opaque value and the credentials have none"
                                    : "the opaque value is not that of the challenge");
        }
        var asked = match.challenge().nonce().orElse("");
        var sent = match.credentials().nonce().orElse("");
        var older =
                retry.earlier().stream()
                        .flatMap(round -> round.challenges().stream())
                        .anyMatch(one -> one.nonce().filter(sent::equals).isPresent());
        if (older) return "the nonce is that of an earlier challenge";
        if (!sent.isEmpty() && asked.startsWith(sent))
            return "the nonce of the challenge was cut from %d to %d characters"
                    .formatted(asked.length(), sent.length());
        return "the nonce is not that of the challenge";
    }
}
