// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.TRANSFEREE;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// REFER gets no final response (RFC 3261 §17.1.2.2, RFC 3515 §2.4.2).
public final class ReferNoFinalResponse implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-no-final-response";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var refer = transfer.refer();
        var hop = refer.lastHop();
        if (refer.finalAnswerAnywhere().isPresent() || hop.requests().isEmpty()) return List.of();
        if (!transfer.notifies().isEmpty() || story.isOneSided()) return List.of();
        var wait = refer.patience(story.timers());
        if (!story.watchedFor(wait, hop.requests().getFirst().at(), hop.client(), hop.server()))
            return List.of();

        var arrived = !hop.answers().isEmpty();
        var says =
                "REFER was sent %s to %s and got %s within %d s"
                        .formatted(
                                hop.timesSent(),
                                hop.server(),
                                arrived ? "no more than 100" : "no answer",
                                wait.toSeconds());
        var draft =
                transfer.finding(this, story, says)
                        .certainty(hop.silence())
                        .proof(hop.requests())
                        .blames(TRANSFEREE, hop.server())
                        .value("peer", hop.server());
        return arrived ? draft.list() : draft.blames(NETWORK).list();
    }
}
