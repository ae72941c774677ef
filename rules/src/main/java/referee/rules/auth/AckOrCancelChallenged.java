// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.SERVER;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// A 401 or 407 to ACK or CANCEL, which cannot be sent again with credentials (RFC 3261 §22.1).
public final class AckOrCancelChallenged implements Rule.OnTransaction {
    @Override
    public String id() {
        return "ack-or-cancel-challenged";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.ACK) && !transaction.is(Methods.CANCEL)) return List.of();
        if (!transaction.isChallenged()) return List.of();

        var answer = transaction.finalAnswer().orElseThrow();
        return story.finding(
                        this,
                        "%s was answered with %d".formatted(transaction.method(), answer.code()))
                .blames(SERVER, transaction.server())
                .proof(transaction.request().stream().toList())
                .proof(answer.first())
                .value("method", transaction.method())
                .list();
    }
}
