// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The Request-URI changed between the challenged request and the retry, and the digest was made
/// over the other one (RFC 3261 §22.4 item 3).
public final class DigestOverRewrittenUri implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "digest-over-rewritten-uri";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.REWRITTEN_URI, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var shown = retry.match().orElseThrow().credentials().uri().orElse("");
        var uri = DigestUris.asSent(retry.after().transaction()).orElse("");
        var says =
                "the retry went to %s and its digest-uri is %s, which it had before or was told in a response; the answer was %d"
                        .formatted(uri, shown, retry.code());
        return retry.finding(this, says, story)
                .certainty(LIKELY)
                .blames(MIDDLEBOX, retry.after().transaction().client())
                .value("request", uri)
                .finding();
    }
}
