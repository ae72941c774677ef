// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.HashMap;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.sip.MaxForwards;
import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.sip.Via;

/// Whether a request goes round (RFC 3261 §16.3 item 4). With another Request-URI each time it is a
/// spiral, which is legal.
public final class Loop {
    /// Passing the same way this often, with the same Request-URI, is a loop and no spiral.
    private static final int ROUNDS = 3;

    /// A request that starts with fewer hops to go was made to end in 483, as a trace of the route
    /// is.
    private static final int PROBE = 10;

    private record Way(Endpoint from, Endpoint to, String uri) {}

    private Loop() {}

    /// Who takes the request in again and again.
    public static Optional<Endpoint> at(Transaction transaction) {
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

    /// The sender that stands several times in the Via values which a 482 or 483 carries back.
    public static Optional<Endpoint> repeated(Answer refused) {
        var counts = new HashMap<String, Integer>();
        for (var via : refused.first().message().values(Via.KIND)) {
            if (counts.merge(via.host() + " " + via.port(), 1, Integer::sum) >= ROUNDS) {
                return Optional.of(new Endpoint(via.host(), via.port()));
            }
        }
        return Optional.empty();
    }

    /// Whether it set out with so few hops to go that 483 was its aim.
    public static boolean isProbe(Transaction transaction) {
        return transaction
                .message()
                .flatMap(message -> message.first(MaxForwards.KIND).optional())
                .map(max -> max.hops() < PROBE)
                .orElse(false);
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
}
