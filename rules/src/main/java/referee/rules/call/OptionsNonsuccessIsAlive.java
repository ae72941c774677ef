// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// OPTIONS answered with an error: a sign of life, and no reason to take the other side for down
/// (RFC 3261 §11.2). One finding for all of a story.
public final class OptionsNonsuccessIsAlive implements Rule.OnStory {
    /// 408 and 503 say that the other side cannot be used; 482 and 483 that it was not reached.
    private static final Set<Integer> NO_LIFE = Set.of(408, 482, 483, 503, 504);

    @Override
    public String id() {
        return "options-nonsuccess-is-alive";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public List<Finding> check(Story story) {
        var alive =
                story.transactions(Methods.OPTIONS).stream()
                        .filter(OptionsNonsuccessIsAlive::isAlive)
                        .toList();
        if (alive.isEmpty() || isAnsweredLater(story)) return List.of();
        var codes = alive.stream().map(Transaction::code).distinct().sorted().toList();
        var words = codes.toString().replaceAll("[\\[\\]]", "");
        var says =
                "OPTIONS was answered with %s: %s is there"
                        .formatted(words, alive.getFirst().server());
        var draft = story.finding(this, says).blames(OPERATOR);
        for (var one : alive) {
            draft.proof(one.request().stream().toList());
            draft.proof(one.finalAnswer().orElseThrow().first());
        }
        return draft.list();
    }

    private static boolean isAlive(Transaction options) {
        return !options.isInDialog() && options.code() >= 300 && !NO_LIFE.contains(options.code());
    }

    /// A challenge that was answered, and then 200.
    private static boolean isAnsweredLater(Story story) {
        return story.transactions(Methods.OPTIONS).stream().anyMatch(Transaction::isSuccess);
    }
}
