// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// stale=true and a fresh nonce, and the client gives up (RFC 7616 §3.3).
public final class StaleTrueNotRetried implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "stale-true-not-retried";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var last = authentication.last();
        if (!last.isStale() || StaleLoop.staleRounds(authentication).size() >= StaleLoop.ENOUGH)
            return List.of();
        if (!authentication.isGivenUp(story)) return List.of();

        var says =
                "%s with credentials was answered with %d and stale=true, and not tried again within %d s"
                        .formatted(
                                authentication.method(),
                                last.transaction().code(),
                                Authentication.PATIENCE.toSeconds());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(CLIENT, last.transaction().client())
                .proof(last.proof())
                .value("realm", realm(last))
                .list();
    }

    private static String realm(Round round) {
        return Retry.realm(round.refusals().getFirst());
    }
}
