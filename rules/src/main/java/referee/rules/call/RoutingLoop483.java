// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.OPERATOR;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.MaxForwards;
import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.sip.Via;

/// A request that goes round until Max-Forwards is used up (RFC 3261 §16.3 item 3).
public final class RoutingLoop483 implements Rule.OnTransaction {
    /// Passing the same way this often, with the same Request-URI, is a loop and no spiral.
    private static final int ROUNDS = 3;

    /// A request that starts with fewer hops to go was made to end in 483, as a trace of the route
    /// is.
    private static final int PROBE = 10;

    private record Way(Endpoint from, Endpoint to, String uri) {}

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
        var refused = answer483(transaction);
        var loop = loop(transaction);
        if (refused.isEmpty() && loop.isEmpty() || isProbe(transaction)) return List.of();

        var draft =
                story.finding(this, says(transaction, refused, loop))
                        .proof(proof(transaction, refused));
        var turn = loop.or(() -> refused.flatMap(RoutingLoop483::repeated));
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

    /// Who takes the request in again and again.
    private static Optional<Endpoint> loop(Transaction transaction) {
        if (transaction.hops().size() < ROUNDS) return Optional.empty();
        var counts = new HashMap<Way, Integer>();
        for (var hop : transaction.hops()) {
            var way = way(hop);
            if (way.isPresent() && counts.merge(way.get(), 1, Integer::sum) >= ROUNDS) {
                return Optional.of(way.get().to());
            }
        }
        return Optional.empty();
    }

    private static Optional<Way> way(Hop hop) {
        return hop.requests().stream()
                .findFirst()
                .flatMap(request -> uri(request.message()))
                .map(uri -> new Way(hop.client(), hop.server(), uri));
    }

    private static Optional<String> uri(SipMessage message) {
        return message.start() instanceof StartLine.Request request
                ? Optional.of(request.uri().text())
                : Optional.empty();
    }

    /// The sender that stands several times in the Via values which the 483 carries back.
    private static Optional<Endpoint> repeated(Answer refused) {
        var counts = new HashMap<String, Integer>();
        for (var via : refused.first().message().values(Via.KIND)) {
            if (counts.merge(via.host() + " " + via.port(), 1, Integer::sum) >= ROUNDS) {
                return Optional.of(new Endpoint(via.host(), via.port()));
            }
        }
        return Optional.empty();
    }

    private static boolean isProbe(Transaction transaction) {
        return transaction
                .message()
                .flatMap(message -> message.first(MaxForwards.KIND).optional())
                .map(max -> max.hops() < PROBE)
                .orElse(false);
    }
}
