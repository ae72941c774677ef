// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// Every try with a fresh nonce is answered with stale=true (RFC 7616 §3.3).
public final class StaleLoop implements Rule.OnAuthentication {
    static final int ENOUGH = 3;

    @Override
    public String id() {
        return "stale-loop";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (authentication.isSuccess() || authentication.rounds().size() < ENOUGH) return List.of();
        var stale = staleRounds(authentication);
        if (stale.size() < ENOUGH) return List.of();

        var old =
                Retry.of(authentication).stream()
                        .filter(retry -> stale.contains(retry.after()))
                        .filter(retry -> Mistakes.of(retry, story) == Mistake.OLD_NONCE)
                        .count();
        var first = stale.getFirst().transaction();
        var says =
                "credentials were answered with stale=true %d times in a row, %s"
                        .formatted(
                                stale.size(),
                                old > 0
                                        ? "%d of them with a nonce that was not the newest"
                                                .formatted(old)
                                        : "each time with the newest nonce");
        var draft =
                story.finding(this, says)
                        .proof(stale.stream().flatMap(round -> round.proof().stream()).toList());
        return (old > 0
                        ? draft.blames(CLIENT, first.client())
                        : draft.blames(SERVER, first.server()))
                .value("server", first.server())
                .list();
    }

    /// The longest run of rounds at the end of the exchange that were refused as stale.
    static List<Round> staleRounds(Authentication authentication) {
        var run = new ArrayList<Round>();
        for (var round : authentication.rounds()) {
            if (round.isStale()) run.add(round);
            else if (!round.credentials().isEmpty()) run.clear();
        }
        return run;
    }
}
