// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.HeaderName;
import referee.sip.Methods;

/// A 2xx that is repeated to the end without an ACK, and no BYE after it (RFC 3261 §13.3.1.4).
public final class NoByeAfterAckTimeout implements Rule.OnTransaction {
    /// The last copy before 64*T1 comes this long before it at most.
    private static final Duration LAST_GAP = Duration.ofSeconds(8);

    /// How long a BYE may take behind 64*T1.
    private static final Duration GRACE = Duration.ofSeconds(8);

    @Override
    public String id() {
        return "no-bye-after-ack-timeout";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE) || transaction.isInDialog()) return List.of();
        var hop = transaction.lastHop();
        for (var answer : hop.answers()) {
            if (isGivenUp(answer, hop, transaction, story))
                return finding(answer, hop, transaction, story);
        }
        return List.of();
    }

    private static boolean isGivenUp(Answer answer, Hop hop, Transaction invite, Story story) {
        if (!answer.isSuccess() || !invite.acks().isEmpty() || story.has(Methods.BYE)) return false;
        var first = answer.first().at();
        var wait = invite.patience(story.timers());
        var repeated = Duration.between(first, answer.last().at());
        return repeated.compareTo(wait.minus(LAST_GAP)) >= 0
                && !story.isOneSided()
                && story.watchedFor(wait.plus(GRACE), first, hop.client(), hop.server());
    }

    private List<Finding> finding(Answer answer, Hop hop, Transaction invite, Story story) {
        var wait = invite.patience(story.timers());
        var says =
                "%d was sent %d times in %d s without an ACK, and no BYE followed within %d s"
                        .formatted(
                                answer.code(),
                                answer.copies().size(),
                                Duration.between(answer.first().at(), answer.last().at())
                                        .toSeconds(),
                                wait.plus(GRACE).toSeconds());
        var direct = hop.depth() == 1 || answer.first().message().has(HeaderName.RECORD_ROUTE);
        return story.finding(this, says)
                .certainty(direct ? LIKELY : POSSIBLE)
                .blames(SERVER, hop.server())
                .proof(answer.copies())
                .value("peer", hop.server())
                .list();
    }
}
