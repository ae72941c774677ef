// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.sip.Methods;
import referee.sip.Route;
import referee.sip.SipMessage;

/// A client that tries one dead server again and again, where its domain may have others (RFC 3263
/// §4.3).
public final class SrvFailoverNotDone implements Rule.OnStory {
    /// So many time-outs in a row on one server, where another one of the domain was seen.
    private static final int KNOWN = 2;

    /// So many where only DNS could tell of others.
    private static final int UNKNOWN = 3;

    @Override
    public String id() {
        return "srv-failover-not-done";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        if (story.isOneSided()) return List.of();
        var run = new ArrayList<Transaction>(2);
        var longest = List.<Transaction>of();
        for (var one : story.transactions()) {
            if (domain(one).isEmpty()) continue;
            if (!run.isEmpty() && !isSameTry(one, run.getFirst())) run.clear();
            if (Sent.isUnanswered(one, story)) run.add(one);
            else run.clear();
            if (run.size() > longest.size()) longest = List.copyOf(run);
        }
        return longest.size() < KNOWN ? List.of() : finding(longest, story);
    }

    private List<Finding> finding(List<Transaction> tries, Story story) {
        var first = tries.getFirst();
        var other = otherServer(first, story);
        if (other.isEmpty() && tries.size() < UNKNOWN) return List.of();
        var domain = domain(first).orElseThrow();
        var says =
                "%d times in a row %s for %s timed out at %s%s"
                        .formatted(
                                tries.size(),
                                first.method(),
                                domain,
                                first.server(),
                                other.map(one -> ", and " + one + " serves it too").orElse(""));
        return story.finding(this, says)
                .certainty(other.isPresent() ? LIKELY : POSSIBLE)
                .proof(tries.stream().flatMap(one -> one.request().stream()).toList())
                .blames(CLIENT, first.client())
                .blames(OPERATOR)
                .value("domain", domain)
                .value("peer", first.server())
                .list();
    }

    private static boolean isSameTry(Transaction one, Transaction first) {
        return one.server().equals(first.server())
                && one.client().host().equals(first.client().host())
                && domain(one).equals(domain(first));
    }

    /// Another server that answered the same client for the same domain.
    private static Optional<Endpoint> otherServer(Transaction dead, Story story) {
        return story.transactions().stream()
                .filter(one -> one.client().host().equals(dead.client().host()))
                .filter(one -> domain(one).equals(domain(dead)))
                .filter(one -> !one.answers().isEmpty() && !one.server().equals(dead.server()))
                .map(Transaction::server)
                .findFirst();
    }

    /// The name that the client had to look up, where a look-up can give several servers: a name
    /// without a port (RFC 3263 §4.2).
    private static Optional<String> domain(Transaction one) {
        if (one.isInDialog() || one.is(Methods.CANCEL) || one.firstHop().depth() != 1)
            return Optional.empty();
        return one.message()
                .flatMap(SrvFailoverNotDone::nextHop)
                .filter(target -> target.reach() == Reach.NAME && !target.isPortWritten())
                .map(Target::host);
    }

    private static Optional<Target> nextHop(SipMessage request) {
        var route = request.first(Route.KIND).optional();
        return route.isPresent()
                ? Target.of(route.get().address().uri())
                : Target.ofRequest(request);
    }
}
