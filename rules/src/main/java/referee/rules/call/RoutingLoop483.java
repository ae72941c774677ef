// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Loop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.StartLine;

/// A request that goes round until Max-Forwards is used up (RFC 3261 §16.3 item 3). A REFER that
/// does has a page of its own.
public final class RoutingLoop483 implements Rule.OnTransaction {
    @Override
    public String id() {
        return "routing-loop-483";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (transaction.is(Methods.REFER) || transaction.request().isEmpty()) return List.of();
        var refused = answer483(transaction);
        var loop = Loop.at(transaction);
        if (refused.isEmpty() && loop.isEmpty() || Loop.isProbe(transaction)) return List.of();

        var draft =
                story.finding(this, says(transaction, refused, loop))
                        .proof(proof(transaction, refused));
        var turn = loop.or(() -> refused.flatMap(Loop::repeated));
        turn.ifPresentOrElse(at -> draft.blames(OPERATOR, at), () -> draft.blames(OPERATOR));
        if (loop.isEmpty()) draft.certainty(LIKELY);
        transaction
                .message()
                .flatMap(RoutingLoop483::uri)
                .ifPresent(uri -> draft.value("uri", uri));
        return draft.list();
    }

    private static String says(
            Transaction transaction, Optional<Answer> refused, Optional<Endpoint> loop) {
        var hops = transaction.hops().size();
        var seen =
                loop.map(at ->
                                "%s passed %s again and again, on %d hops"
                                        .formatted(transaction.method(), at, hops))
                        .orElse("%s was refused".formatted(transaction.method()));
        return refused.isPresent()
                ? seen + (loop.isPresent() ? ", until " : " with ") + "483 Too Many Hops"
                : seen;
    }

    private static List<Sighting> proof(Transaction transaction, Optional<Answer> refused) {
        var proof = new java.util.ArrayList<Sighting>();
        for (var hop : transaction.hops()) proof.addAll(hop.requests());
        refused.ifPresent(answer -> proof.add(answer.first()));
        return proof;
    }

    private static Optional<Answer> answer483(Transaction transaction) {
        for (var hop : transaction.hops()) {
            for (var answer : hop.answers()) {
                if (answer.code() == 483) return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> uri(SipMessage message) {
        return message.start() instanceof StartLine.Request request
                ? Optional.of(request.uri().text())
                : Optional.empty();
    }
}
