// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// Quotes around what must have none, or none around what must (RFC 7616 §3.4, RFC 3261 §25.1).
public final class DigestTokenQuoting implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "digest-token-quoting";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.QUOTING, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var wrong = retry.match().orElseThrow().credentials().wronglyQuoted();
        var says =
                "the credentials have quotes wrong at %s; the answer was %d"
                        .formatted(String.join(", ", wrong), retry.code());
        return retry.finding(this, says, story)
                .certainty(retry.code() == 400 ? LIKELY : POSSIBLE)
                .blames(CLIENT, retry.after().transaction().client())
                .value("wrong", String.join(", ", wrong))
                .finding();
    }
}
