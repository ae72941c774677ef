// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// The called number has a form that the other side does not take (RFC 3261 §21.4.22).
public final class NumberFormatRejected implements Rule.OnStory {
    private static final Set<Integer> CODES = Set.of(403, 404, 484, 603, 604);

    @Override
    public String id() {
        return "number-format-rejected";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        return Refusal.of(story).stream()
                .filter(one -> CODES.contains(one.code()) && one.policy().isEmpty())
                .flatMap(one -> check(one, story).stream())
                .limit(1)
                .toList();
    }

    private Optional<Finding> check(Refusal refusal, Story story) {
        var user = refusal.user();
        var oddity = DialledNumber.oddity(user);
        if (oddity.isEmpty() && refusal.code() != 484) return Optional.empty();
        if (refusal.code() == 403 && refusal.hasCredentials()) return Optional.empty();
        if (refusal.code() == 484 && isOverlap(refusal, story)) return Optional.empty();
        var says =
                "%s was refused with %d; the number %s"
                        .formatted(
                                user,
                                refusal.code(),
                                oddity.orElse("is incomplete, as the other side sees it"));
        return Optional.of(
                story.finding(this, says)
                        .certainty(POSSIBLE)
                        .blames(OPERATOR, refusal.invite().client())
                        .proof(refusal.request(), refusal.answer().first())
                        .value("number", user)
                        .finding());
    }

    /// Digits that are sent as they are dialled: each INVITE asks for a longer number (RFC 3578
    /// §3.2).
    private static boolean isOverlap(Refusal refusal, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(one -> one.cseq() > refusal.invite().cseq())
                .flatMap(one -> one.message().stream())
                .map(DialledNumber::user)
                .anyMatch(user ->
                        user.startsWith(refusal.user()) && user.length() > refusal.user().length());
    }
}
