// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.Via;

/// Addresses inside messages that something on the way has changed, and not all of them: what the
/// SIP ALG of a router does (RFC 3261 §16).
public final class SipAlgRewrite implements Rule.OnTransaction {
    @Override
    public String id() {
        return "sip-alg-rewrite";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        return alteredVia(transaction, story)
                .or(() -> bothSides(transaction, story))
                .or(() -> mixture(transaction, story))
                .stream()
                .toList();
    }

    /// A response whose top Via is not the one that its request had (RFC 3261 §8.2.6.2).
    private Optional<Finding> alteredVia(Transaction transaction, Story story) {
        for (var hop : transaction.hops()) {
            if (hop.requests().isEmpty()) continue;
            var request = hop.requests().getFirst();
            var sent = request.message().first(Via.KIND).optional();
            for (var answer : hop.answers()) {
                var came = answer.first().message().first(Via.KIND).optional();
                if (sent.isEmpty() || came.isEmpty() || !isBack(answer.first(), hop)) continue;
                if (isSameBranch(sent.get(), came.get()) && !isSameSender(sent.get(), came.get())) {
                    var says =
                            "the Via of the %s went out as %s and came back as %s"
                                    .formatted(
                                            transaction.method(),
                                            sent.get().sentBy(),
                                            came.get().sentBy());
                    return Optional.of(
                            story.finding(this, says)
                                    .proof(request, answer.first())
                                    .blames(MIDDLEBOX)
                                    .blames(SERVER, hop.server())
                                    .value("source", hop.client())
                                    .value("peer", hop.server())
                                    .finding());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBack(Sighting answer, Hop hop) {
        return answer.from().equals(hop.server()) && answer.to().equals(hop.client());
    }

    private static boolean isSameBranch(Via one, Via other) {
        return one.branch().isPresent()
                && other.branch().filter(one.branch().get()::same).isPresent();
    }

    private static boolean isSameSender(Via one, Via other) {
        return one.host().equalsIgnoreCase(other.host()) && port(one) == port(other);
    }

    private static int port(Via via) {
        if (via.port() != 0) return via.port();
        return via.transport().isIgnoreCase("TLS") ? 5061 : 5060;
    }

    /// The same request before and behind something that is no hop of SIP, changed in part.
    private Optional<Finding> bothSides(Transaction transaction, Story story) {
        for (var inner : transaction.hops()) {
            for (var outer : transaction.hops()) {
                if (isSameRequest(inner, outer)) {
                    var found = changed(inner, outer, transaction, story);
                    if (found.isPresent()) return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSameRequest(Hop inner, Hop outer) {
        return inner != outer
                && !inner.requests().isEmpty()
                && !outer.requests().isEmpty()
                && inner.depth() == outer.depth()
                && !inner.branch().isEmpty()
                && inner.branch().same(outer.branch())
                && !inner.client().host().equals(outer.client().host());
    }

    private Optional<Finding> changed(Hop inner, Hop outer, Transaction transaction, Story story) {
        var before = Addresses.of(inner.requests().getFirst().message());
        var after = Addresses.of(outer.requests().getFirst().message());
        var changed = before.changedIn(after);
        var left = before.privateLeftIn(after);
        if (changed.isEmpty() || left.isEmpty()) return Optional.empty();
        var says =
                "between %s and %s the %s was changed in its %s and kept %s in its %s"
                        .formatted(
                                inner.client(),
                                outer.client(),
                                transaction.method(),
                                String.join(", ", changed),
                                before.at(left.getFirst()),
                                String.join(", ", left.stream().map(Object::toString).toList()));
        return Optional.of(
                story.finding(this, says)
                        .proof(inner.requests().getFirst(), outer.requests().getFirst())
                        .blames(MIDDLEBOX, outer.client())
                        .value("source", inner.client())
                        .value("peer", outer.server())
                        .finding());
    }

    /// One request that names the public address in some places and the private one in others, and
    /// fails. Clients that learn their public address look alike, so it is one explanation only.
    private Optional<Finding> mixture(Transaction transaction, Story story) {
        var hop = transaction.firstHop();
        if (hop.depth() != 1 || hop.requests().isEmpty() || !transaction.is(Methods.INVITE))
            return Optional.empty();
        var request = hop.requests().getFirst();
        var addresses = Addresses.of(request.message());
        var mixed = addresses.isMixedFor(hop.client().host());
        var failed =
                Sent.isUnanswered(transaction, story)
                        || transaction.acks().stream()
                                .anyMatch(ack -> !new Sent(ack, transaction).ignored().isEmpty());
        if (!mixed || !failed) return Optional.empty();
        var says =
                "%s from %s has the public address in its Contact and c=, and %s in its Via and o="
                        .formatted(
                                transaction.method(),
                                hop.client(),
                                addresses.at(Addresses.Place.VIA));
        return Optional.of(
                story.finding(this, says)
                        .certainty(POSSIBLE)
                        .proof(request)
                        .blames(MIDDLEBOX)
                        .blames(CLIENT, hop.client())
                        .value("source", hop.client())
                        .value("peer", hop.server())
                        .finding());
    }
}
