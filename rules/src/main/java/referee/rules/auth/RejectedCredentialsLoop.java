// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Credentials;

/// The same credentials, refused and sent again and again (RFC 3261 §22.1).
public final class RejectedCredentialsLoop implements Rule.OnAuthentication {
    private static final int ENOUGH = 3;

    /// Tries further apart than this are a back-off and no loop.
    private static final Duration CLOSE = Duration.ofSeconds(20);

    @Override
    public String id() {
        return "rejected-credentials-loop";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var refused = new ArrayList<Round>();
        for (var round : authentication.rounds()) {
            if (!round.isRefused() || AkaSyncFailure.isResync(round)) continue;
            if (!refused.isEmpty() && !isAgain(refused.getLast(), round)) refused.clear();
            refused.add(round);
        }
        if (refused.size() < ENOUGH) return List.of();

        var first = refused.getFirst();
        var user = first.credentials().getFirst().username().orElse("");
        var span = Duration.between(first.transaction().first(), Retry.answered(refused.getLast()));
        var says =
                "credentials of user \"%s\" were refused %d times within %d s, and sent again each time"
                        .formatted(user, refused.size(), Math.max(1, span.toSeconds()));
        return story.finding(this, says)
                .blames(CLIENT, first.transaction().client())
                .proof(refused.stream().flatMap(round -> round.proof().stream()).toList())
                .value("user", user)
                .list();
    }

    /// Whether the same user tries the same realm again soon after it was refused.
    private static boolean isAgain(Round before, Round next) {
        var gap = Duration.between(Retry.answered(before), next.transaction().first());
        return gap.compareTo(CLOSE) <= 0 && account(before).equals(account(next));
    }

    private static List<Object> account(Round round) {
        var refused = round.refusals().getFirst();
        return round.credentials().stream()
                .filter(one -> one.answer(refused))
                .findFirst()
                .map(RejectedCredentialsLoop::names)
                .orElse(List.of());
    }

    private static List<Object> names(Credentials credentials) {
        return List.of(credentials.username(), credentials.realm());
    }
}
