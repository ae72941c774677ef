// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Registration;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.RetryAfter;

/// The one who was called is unknown or not registered (RFC 3261 §21.4.5, §21.4.10, §21.4.18).
public final class CalleeNotRegistered implements Rule.OnCase {
    private static final Set<Integer> CODES = Set.of(404, 410, 480);

    @Override
    public String id() {
        return "callee-not-registered";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Case stories) {
        if (isAnswered(stories)) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var story : stories.stories()) {
            Refusal.of(story).stream()
                    .filter(one -> CODES.contains(one.code()) && !isToldBehind(one))
                    .filter(one -> one.code() != 404 || DialledNumber.oddity(one.user()).isEmpty())
                    .filter(one -> one.code() != 480 || !isRegistered(one, story))
                    .limit(1)
                    .forEach(one -> findings.add(finding(one, story)));
        }
        return findings;
    }

    /// Another leg of the same call found somebody.
    private static boolean isAnswered(Case stories) {
        return stories.stories().stream()
                .flatMap(story -> story.dialogs().stream())
                .anyMatch(dialog -> dialog.isConfirmed());
    }

    /// An element further on gave another reason.
    private static boolean isToldBehind(Refusal refusal) {
        return refusal.invite().hops().stream()
                .flatMap(hop -> hop.finalAnswer().stream())
                .anyMatch(answer -> !CODES.contains(answer.code()));
    }

    /// 480 from one who is registered is "do not disturb" or no answer.
    private static boolean isRegistered(Refusal refusal, Story story) {
        return story.callee()
                .filter(one -> !one.isOver(refusal.request().at()) && !one.isRemoved())
                .isPresent();
    }

    private Finding finding(Refusal refusal, Story story) {
        var says =
                "INVITE for %s was answered with %d at once%s"
                        .formatted(refusal.called(), refusal.code(), seen(refusal, story));
        var draft =
                story.finding(this, says)
                        .certainty(POSSIBLE)
                        .proof(refusal.request(), refusal.answer().first())
                        .value("user", refusal.called())
                        .value("server", refusal.invite().server());
        refusal.answer()
                .first()
                .message()
                .first(RetryAfter.KIND)
                .optional()
                .ifPresent(wait -> draft.value("wait", wait.seconds() + " s"));
        return refusal.code() == 480
                ? draft.blames(SERVER, refusal.invite().lastHop().server())
                        .blames(OPERATOR)
                        .finding()
                : draft.blames(OPERATOR, refusal.invite().lastHop().server()).finding();
    }

    /// What the evidence shows of the called one's registration.
    private static String seen(Refusal refusal, Story story) {
        return story.callee().map(one -> words(one, refusal)).orElse("");
    }

    private static String words(Registration one, Refusal refusal) {
        var now = refusal.request().at();
        if (one.isRemoved())
            return "; its registration was removed %d s before"
                    .formatted(Duration.between(one.at(), now).toSeconds());
        if (one.isOver(now))
            return "; its registration ran out %d s before"
                    .formatted(Duration.between(one.until(), now).toSeconds());
        return "; it is registered for another %d s"
                .formatted(Duration.between(now, one.until()).toSeconds());
    }
}
