// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// A 3xx to 6xx to an INVITE is repeated because nobody acknowledges it (RFC 3261 §17.1.1.3 and
/// §17.2.1).
public final class FinalErrorNotAcked implements Rule.OnTransaction {
    /// Copies of the response before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

    private static final Duration SOON = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "final-error-not-acked";
    }

    @Override
    public Severity severity() {
        return Severity.LOW;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE)) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var hop : transaction.hops()) {
            for (var answer : hop.answers())
                findings.addAll(check(answer, hop, transaction, story));
        }
        return findings;
    }

    private List<Finding> check(Answer answer, Hop hop, Transaction invite, Story story) {
        if (answer.code() < 300 || answer.isChallenge() || answer.copies().size() < ENOUGH)
            return List.of();
        if (!hop.acks().isEmpty() || story.isOneSided()) return List.of();
        if (!story.watchedFor(SOON, answer.first().at(), hop.client(), hop.server()))
            return List.of();

        var other =
                invite.acks().stream().filter(ack -> ack.from().equals(hop.client())).findFirst();
        var says =
                "%d to INVITE was sent %d times and %s"
                        .formatted(
                                answer.code(),
                                answer.copies().size(),
                                other.isEmpty()
                                        ? "never acknowledged"
                                        : "the ACK has another branch than the INVITE");
        var draft = story.finding(this, says).proof(answer.copies()).blames(CLIENT, hop.client());
        if (other.isPresent()) return draft.proof(other.get()).list();
        return draft.blames(NETWORK).certainty(LIKELY).list();
    }
}
