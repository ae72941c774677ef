// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// What software the endpoints of a story say they are, by User-Agent and Server (RFC 3261 §20.35,
/// §20.41).
///
/// A proxy passes on what others say of themselves: a request counts for who wrote its only Via, a
/// response for who is not seen to have got it from somebody else.
final class Agents {
    private static final int MOST = 64;
    private static final int LONGEST = 200;
    private static final String UNCERTAIN = "";

    private final Map<Endpoint, String> own = new HashMap<>();
    private final Map<Endpoint, String> heard = new HashMap<>();

    private Agents() {}

    static Agents of(List<Transaction> transactions) {
        var agents = new Agents();
        for (var transaction : transactions) agents.learn(transaction);
        return agents;
    }

    /// What this endpoint says it is, or, where it says nothing, what everybody at its address
    /// says; at most 200 characters.
    Optional<String> at(Endpoint endpoint) {
        return known(endpoint).or(() -> atHost(endpoint.host()));
    }

    private Optional<String> known(Endpoint endpoint) {
        return Optional.ofNullable(own.getOrDefault(endpoint, heard.get(endpoint)))
                .filter(agent -> !agent.equals(UNCERTAIN));
    }

    private Optional<String> atHost(String host) {
        var said =
                Stream.concat(own.keySet().stream(), heard.keySet().stream())
                        .filter(one -> one.host().equals(host))
                        .flatMap(one -> known(one).stream())
                        .collect(toSet());
        return said.size() == 1 ? said.stream().findFirst() : Optional.empty();
    }

    private void learn(Transaction transaction) {
        var relays = transaction.hops().stream().map(hop -> hop.client().host()).collect(toSet());
        for (var hop : transaction.hops()) {
            if (hop.depth() <= 1 && !hop.requests().isEmpty()) {
                keep(own, hop.client(), hop.requests().getFirst());
            }
            for (var answer : hop.answers()) {
                if (answer.code() == 100) keep(own, hop.server(), answer.first());
                else if (!relays.contains(hop.server().host())) {
                    keep(heard, hop.server(), answer.first());
                }
            }
        }
    }

    private static void keep(Map<Endpoint, String> table, Endpoint at, Sighting said) {
        if (table.size() >= MOST && !table.containsKey(at)) return;
        agent(said.message())
                .ifPresent(agent ->
                        table.merge(
                                at, agent, (one, other) -> one.equals(other) ? one : UNCERTAIN));
    }

    private static Optional<String> agent(SipMessage message) {
        var first = message.isRequest() ? HeaderName.USER_AGENT : HeaderName.SERVER;
        return message.raw(first)
                .or(() -> message.raw(HeaderName.USER_AGENT))
                .map(Slice::text)
                .filter(text -> !text.isBlank())
                .map(text -> text.substring(0, Math.min(LONGEST, text.length())));
    }
}
