// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The request with credentials has the CSeq number of the challenged one (RFC 3261 §22.2).
public final class CseqNotIncremented implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "cseq-not-incremented";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (authentication.isSuccess()) return List.of();
        for (var retry : Retry.of(authentication)) {
            if (isSameCSeq(retry)
                    && Mistakes.of(retry, story) == Mistake.SAME_CSEQ
                    && isLost(retry, story)) {
                return List.of(finding(retry, story));
            }
        }
        return List.of();
    }

    private static boolean isSameCSeq(Retry retry) {
        return retry.after().transaction().cseq() == retry.before().transaction().cseq();
    }

    /// Refused, or swallowed as a retransmission of the first.
    private static boolean isLost(Retry retry, Story story) {
        var transaction = retry.after().transaction();
        if (transaction.finalAnswer().isPresent()) return transaction.code() >= 400;
        return story.watchedFor(
                transaction.patience(story.timers()),
                transaction.first(),
                transaction.client(),
                transaction.server());
    }

    private Finding finding(Retry retry, Story story) {
        var transaction = retry.after().transaction();
        var came =
                transaction.code() == 0
                        ? "got no final response"
                        : "was answered with " + transaction.code();
        var says =
                "%s with credentials has CSeq %d, as the challenged one, and %s"
                        .formatted(transaction.method(), transaction.cseq(), came);
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(CLIENT, transaction.client())
                .blames(MIDDLEBOX)
                .proof(retry.before().proof())
                .proof(retry.after().proof())
                .value("next", transaction.cseq() + 1)
                .finding();
    }
}
