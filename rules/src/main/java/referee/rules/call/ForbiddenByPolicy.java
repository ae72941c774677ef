// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.PROVIDER;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.HeaderName;

/// The call is refused by a rule of the provider: caller number, destination, balance, number of
/// calls (RFC 3261 §21.4.4).
public final class ForbiddenByPolicy implements Rule.OnStory {
    private static final Set<Integer> IF_NAMED = Set.of(402, 403, 503, 603);

    @Override
    public String id() {
        return "forbidden-by-policy";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        return Refusal.of(story).stream()
                .filter(ForbiddenByPolicy::isPolicy)
                .map(one -> finding(one, story))
                .limit(1)
                .toList();
    }

    /// Without words 403 is policy only where no credentials can have been wrong, and 402 always.
    private static boolean isPolicy(Refusal refusal) {
        if (refusal.policy().isPresent() && IF_NAMED.contains(refusal.code())) return true;
        if (refusal.code() == 402) return true;
        return refusal.code() == 403
                && !refusal.hasCredentials()
                && DialledNumber.oddity(refusal.user()).isEmpty();
    }

    private Finding finding(Refusal refusal, Story story) {
        var words = refusal.policy().map(text -> ": \"" + text + "\"").orElse("");
        var says =
                "the call to %s was refused with %d%s"
                        .formatted(refusal.called(), refusal.code(), words);
        var draft =
                story.finding(this, says)
                        .certainty(POSSIBLE)
                        .blames(OPERATOR)
                        .blames(PROVIDER, refusal.invite().server())
                        .proof(refusal.request(), refusal.answer().first())
                        .value("called", refusal.called());
        var request = refusal.request().message();
        request.raw(HeaderName.FROM).ifPresent(from -> draft.value("caller", from));
        request.raw(HeaderName.P_ASSERTED_IDENTITY)
                .ifPresent(identity -> draft.value("caller", identity));
        return draft.finding();
    }
}
