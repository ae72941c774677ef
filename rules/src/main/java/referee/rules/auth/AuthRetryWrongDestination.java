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
import referee.diagnosis.Transaction;

/// The request with credentials leaves over another transport, or to another address, than the one
/// that was challenged (RFC 3261 §8.1.2).
public final class AuthRetryWrongDestination implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "auth-retry-wrong-destination";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (authentication.isSuccess()) return List.of();
        for (var retry : Retry.of(authentication)) {
            if (retry.match().isEmpty()) continue;
            var wrong = Ways.mistake(retry).filter(Mistake.OTHER_WAY::equals).isPresent();
            if (wrong && isLost(retry.after().transaction(), story))
                return List.of(finding(retry, story));
        }
        return List.of();
    }

    /// Refused, or not answered at all.
    private static boolean isLost(Transaction transaction, Story story) {
        if (transaction.finalAnswer().isPresent()) {
            var code = transaction.code();
            return code >= 400 && code < 500 && code != 486 && code != 487 && code != 480;
        }
        return transaction.answers().isEmpty()
                && story.watchedFor(
                        transaction.patience(story.timers()),
                        transaction.first(),
                        transaction.client(),
                        transaction.server());
    }

    private Finding finding(Retry retry, Story story) {
        var before = retry.before().transaction();
        var after = retry.after().transaction();
        var came = after.code() == 0 ? "got no answer" : "was answered with " + after.code();
        var says =
                "the challenge came from %s over %s, and the retry went to %s over %s and %s"
                        .formatted(
                                before.server(),
                                before.firstHop().transport(),
                                after.server(),
                                after.firstHop().transport(),
                                came);
        return retry.finding(this, says, story)
                .certainty(LIKELY)
                .blames(CLIENT, after.client())
                .value("way", before.firstHop().transport())
                .value("challenger", before.server())
                .finding();
    }
}
