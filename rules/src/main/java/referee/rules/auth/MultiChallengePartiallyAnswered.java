// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// Several realms ask, and the client sends credentials for one of them only (RFC 3261 §22.3).
public final class MultiChallengePartiallyAnswered implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "multi-challenge-partially-answered";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.PART_OF_REALMS, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var missing =
                retry.after().challenges().stream()
                        .filter(again -> !retry.after().carriesFor(again))
                        .map(Retry::realm)
                        .findFirst()
                        .orElse("");
        var says =
                "realm \"%s\" asked before, the retry carries nothing for it, and the answer was %d again"
                        .formatted(missing, retry.code());
        return retry.finding(this, says, story)
                .blames(CLIENT, retry.after().transaction().client())
                .value("missing", missing)
                .finding();
    }
}
