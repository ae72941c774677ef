// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Loop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// A REFER goes to and fro between two elements until its hops are used up (RFC 3261 §16.3).
public final class ReferRelayLoop implements Rule.OnTransaction {
    @Override
    public String id() {
        return "refer-relay-loop";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.REFER) || Loop.isProbe(transaction)) return List.of();
        var refused = refused(transaction);
        var turn = Loop.at(transaction);
        if (turn.isEmpty() && refused.isEmpty()) return List.of();

        var hops = transaction.hops().size();
        var seen =
                turn.map(at ->
                                "REFER passed %s again and again, on %d hops, and"
                                        .formatted(at, hops))
                        .orElse("REFER");
        var end = refused.map(one -> "was answered with " + one.code()).orElse("got no answer");
        var says = seen + " " + end;
        var draft = story.finding(this, says).proof(proof(transaction, refused));
        var at = turn.or(() -> refused.flatMap(Loop::repeated));
        at.ifPresentOrElse(one -> draft.blames(MIDDLEBOX, one), () -> draft.blames(MIDDLEBOX));
        return turn.isPresent() ? draft.list() : draft.certainty(LIKELY).list();
    }

    private static Optional<Answer> refused(Transaction transaction) {
        return transaction.hops().stream()
                .flatMap(hop -> hop.answers().stream())
                .filter(one ->
                        one.code() == 483 || one.code() == 482 && Loop.repeated(one).isPresent())
                .findFirst();
    }

    private static List<Sighting> proof(Transaction transaction, Optional<Answer> refused) {
        var proof = new ArrayList<Sighting>();
        for (var hop : transaction.hops()) proof.addAll(hop.requests());
        refused.ifPresent(answer -> proof.add(answer.first()));
        return proof;
    }
}
