// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// A request within a call is challenged and not sent again with credentials (RFC 3261 §22.1).
public final class InDialogChallengeUnanswered implements Rule.OnAuthentication {
    private static final Set<String> OF_CALLS =
            Set.of(
                    Methods.BYE,
                    Methods.INVITE,
                    Methods.UPDATE,
                    Methods.INFO,
                    Methods.PRACK,
                    Methods.MESSAGE);

    @Override
    public String id() {
        return "in-dialog-challenge-unanswered";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    /// Whether this rule, and not the general one, speaks of such an exchange.
    static boolean isAbout(Authentication authentication) {
        return authentication.first().transaction().isInDialog()
                && OF_CALLS.contains(authentication.method());
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var last = authentication.last();
        if (!isAbout(authentication) || !last.isChallenged() || !last.refusals().isEmpty())
            return List.of();
        var asked = last.challenges().stream().filter(Challenges::isAnswerable).findFirst();
        if (asked.isEmpty() || Retry.hasTriedOtherwise(authentication)) return List.of();
        if (story.cancelOf(last.transaction()).isPresent()) return List.of();
        if (last.transaction().is(Methods.BYE) && isEnded(story)) return List.of();
        if (!authentication.isGivenUp(story)) return List.of();

        var says =
                "%s within the call was challenged with %d, and no %s with credentials came within %d s"
                        .formatted(
                                authentication.method(),
                                last.transaction().code(),
                                authentication.method(),
                                Authentication.PATIENCE.toSeconds());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(CLIENT, last.transaction().client())
                .proof(last.proof())
                .value("method", authentication.method())
                .value("realm", Retry.realm(asked.get()))
                .value("header", Lamp.header(asked.get()))
                .list();
    }

    /// Whether a BYE of either side got through all the same.
    private static boolean isEnded(Story story) {
        return story.transactions(Methods.BYE).stream().anyMatch(Transaction::isSuccess);
    }
}
