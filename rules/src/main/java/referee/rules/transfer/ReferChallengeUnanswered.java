// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Challenge;
import referee.sip.Methods;

/// REFER is challenged and never sent with credentials (RFC 3261 §22.2, §22.3).
public final class ReferChallengeUnanswered implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "refer-challenge-unanswered";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (!authentication.method().equals(Methods.REFER)) return List.of();
        var last = authentication.last();
        var asked = last.challenges().stream().filter(Challenge::isUsable).findFirst();
        if (last.transaction().request().isEmpty()) return List.of();
        if (asked.isEmpty() || !last.refusals().isEmpty() || !authentication.isGivenUp(story))
            return List.of();

        var says =
                "REFER was challenged with %d for realm \"%s\" and not sent again with credentials"
                        .formatted(last.transaction().code(), asked.get().realm().orElse(""));
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(TRANSFEROR, last.transaction().client())
                .blames(OPERATOR)
                .proof(last.proof())
                .value("realm", asked.get().realm().orElse(""))
                .value("next", last.transaction().cseq() + 1)
                .list();
    }
}
