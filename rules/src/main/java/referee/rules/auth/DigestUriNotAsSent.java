// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Certainty;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The digest-uri is not the Request-URI of the request that carries it, or another was hashed (RFC
/// 3261 §22.4).
public final class DigestUriNotAsSent implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES = Set.of(Mistake.URI, Mistake.URI_HASHED);

    @Override
    public String id() {
        return "digest-uri-not-as-sent";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, MISTAKES, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var uri = DigestUris.asSent(retry.after().transaction()).orElse("");
        var shown = retry.match().orElseThrow().credentials().uri().orElse("");
        var hashed = Lamp.words(retry, story);
        var says =
                hashed.map(words ->
                                "%s, and the header shows %s; the answer was %d"
                                        .formatted(words, shown, retry.code()))
                        .orElseGet(() ->
                                "the Request-URI is %s and the digest-uri is %s; the answer was %d"
                                        .formatted(
                                                uri,
                                                shown.isEmpty() ? "missing" : shown,
                                                retry.code()));
        return retry.finding(this, says, story)
                .certainty(certainty(retry, hashed.isPresent()))
                .blames(CLIENT, retry.after().transaction().client())
                .value("request", uri)
                .finding();
    }

    /// A server may accept the difference, and a 403 has many reasons.
    private static Certainty certainty(Retry retry, boolean isHashed) {
        if (isHashed || DigestUris.isUriRefused(retry)) return PROVEN;
        return retry.code() == 403 ? POSSIBLE : LIKELY;
    }
}
