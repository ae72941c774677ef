// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
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
import referee.sip.Transport;
import referee.sip.Via;

/// A request that goes over TCP because of its size, to a peer that has no TCP, or with a Via that
/// still says UDP (RFC 3261 §18.1.1).
public final class TcpSwitchUnsupported implements Rule.OnTransaction {
    private static final int LARGE = 1_300;

    @Override
    public String id() {
        return "tcp-switch-unsupported";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        return unheard(transaction, story).or(() -> wrongVia(transaction, story)).stream().toList();
    }

    private Optional<Finding> unheard(Transaction transaction, Story story) {
        var hop = transaction.lastHop();
        if (hop.transport() != Transport.TCP || hop.requests().isEmpty()) return Optional.empty();
        var octets = hop.requests().getFirst().message().bytes().length();
        if (octets <= LARGE || story.isOneSided() || !Sent.isUnanswered(transaction, story))
            return Optional.empty();
        var overUdp = answeredOverUdp(hop, story);
        if (overUdp.isEmpty()) return Optional.empty();
        var says =
                "%s of %d octets went over TCP to %s and got no answer; over UDP the same host answers"
                        .formatted(transaction.method(), octets, hop.server());
        return Optional.of(
                story.finding(this, says)
                        .certainty(LIKELY)
                        .proof(hop.requests())
                        .proof(overUdp.get().answers().getFirst().first())
                        .blames(CLIENT, hop.client())
                        .blames(SERVER, hop.server())
                        .value("peer", hop.server())
                        .value("octets", octets)
                        .finding());
    }

    private static Optional<Hop> answeredOverUdp(Hop silent, Story story) {
        return story.transactions().stream()
                .flatMap(one -> one.hops().stream())
                .filter(hop -> hop.transport() == Transport.UDP && !hop.answers().isEmpty())
                .filter(hop -> hop.server().host().equals(silent.server().host()))
                .findFirst();
    }

    private Optional<Finding> wrongVia(Transaction transaction, Story story) {
        for (var hop : transaction.hops()) {
            if (hop.requests().isEmpty()) continue;
            var request = hop.requests().getFirst();
            var said =
                    request.message()
                            .first(Via.KIND)
                            .optional()
                            .flatMap(via -> Transport.of(via.transport()));
            if (said.isEmpty()
                    || (said.get() == Transport.UDP) == (hop.transport() == Transport.UDP))
                continue;
            var says =
                    "%s went over %s with a Via that says %s"
                            .formatted(transaction.method(), hop.transport(), said.get());
            var draft =
                    story.finding(this, says)
                            .proof(request)
                            .value("peer", hop.server())
                            .value("transport", hop.transport());
            if (transaction.finalAnswerAnywhere().isPresent()) draft.severity(Severity.LOW);
            if (hop.depth() == 1) draft.blames(CLIENT, hop.client());
            else draft.blames(MIDDLEBOX, hop.client());
            return Optional.of(draft.finding());
        }
        return Optional.empty();
    }
}
