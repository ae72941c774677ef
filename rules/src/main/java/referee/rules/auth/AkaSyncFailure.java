// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.NOBODY;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Credentials;

/// The sequence numbers of AKA are out of step: the client answers with auts, the server starts
/// anew (RFC 3310 §3.4). Once is how it is meant; again and again is a fault.
public final class AkaSyncFailure implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "aka-sync-failure";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var rounds = authentication.rounds().stream().filter(AkaSyncFailure::isResync).toList();
        if (rounds.isEmpty()) return List.of();
        var user = rounds.getFirst().credentials().getFirst().username().orElse("");
        var again = rounds.size() > 1;
        var says =
                again
                        ? "the client asked %d times to count anew (auts), and every new challenge was out of step again"
                                .formatted(rounds.size())
                        : "the client asked to count anew (auts), as AKA provides";
        var draft =
                story.finding(this, says)
                        .proof(rounds.stream().flatMap(round -> round.proof().stream()).toList())
                        .value("user", user);
        return again
                ? draft.blames(OPERATOR).list()
                : draft.severity(Severity.INFO).blames(NOBODY).list();
    }

    static boolean isResync(Round round) {
        return round.credentials().stream()
                .map(Credentials::auts)
                .anyMatch(auts -> auts.isPresent());
    }
}
