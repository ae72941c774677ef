// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The nonce is new and its count goes on from the old one (RFC 7616 §3.4).
public final class NonceCountNotReset implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "nonce-count-not-reset";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.COUNT_NOT_RESET, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var nc = retry.match().orElseThrow().credentials().nc().orElse("");
        var says =
                "the first request with a new nonce has nc=%s; the answer was %d"
                        .formatted(nc, retry.code());
        return retry.finding(this, says, story)
                .certainty(LIKELY)
                .blames(CLIENT, retry.after().transaction().client())
                .value("nc", nc)
                .finding();
    }
}
