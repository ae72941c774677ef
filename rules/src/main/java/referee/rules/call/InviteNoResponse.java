// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// An INVITE that nobody answered at all (RFC 3261 §17.1.1.2, Timer B).
public final class InviteNoResponse implements Rule.OnTransaction {
    @Override
    public String id() {
        return "invite-no-response";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE)) return List.of();
        var hop = transaction.lastHop();
        if (hop.requests().isEmpty() || isAnswered(transaction, hop)) return List.of();
        var first = hop.requests().getFirst();
        var wait = transaction.patience(story.timers());
        if (!story.watchedFor(wait, first.at(), hop.client(), hop.server())) return List.of();
        if (story.isOneSided() || hasRuleOfItsOwn(transaction, story)) return List.of();

        var silence = new Silence(hop, story.deadEnd(List.of(hop), wait));
        var says =
                "INVITE was sent %s to %s and got no answer within %d s, not even 100%s"
                        .formatted(hop.timesSent(), hop.server(), wait.toSeconds(), silence.says());
        return silence.judge(story.finding(this, says))
                .proof(hop.requests())
                .value("peer", hop.server())
                .list();
    }

    /// A retry that its credentials made too large, or that went elsewhere: see
    /// auth-retry-too-large and auth-retry-wrong-destination.
    private static boolean hasRuleOfItsOwn(Transaction transaction, Story story) {
        return story.authentications().stream()
                .anyMatch(one -> one.isTooLarge(transaction) || one.isLostElsewhere(transaction));
    }

    /// An answer at this depth or beyond, from whatever branch of a fork, shows that the way is
    /// open.
    private static boolean isAnswered(Transaction transaction, Hop last) {
        return transaction.hops().stream()
                .anyMatch(hop -> hop.depth() >= last.depth() && !hop.answers().isEmpty());
    }
}
