// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.RecordRoute;
import referee.sip.Route;
import referee.sip.SipMessage;

/// The proxies that a dialog's requests have to pass, in order (RFC 3261 §12.1).
///
/// @param loose whether all of them route loosely
record RouteSet(List<Target> proxies, boolean loose) {

    /// What the message that opened the dialog says for this side; empty where it is unreadable.
    static Optional<RouteSet> of(Side side) {
        return side.opening().findFirst().flatMap(opening -> of(opening, side.isCaller()));
    }

    private static Optional<RouteSet> of(SipMessage opening, boolean reversed) {
        var proxies = new ArrayList<Target>(1);
        var loose = true;
        for (var field : opening.all(RecordRoute.KIND)) {
            var target = field.optional().flatMap(one -> Target.of(one.address().uri()));
            if (target.isEmpty()) return Optional.empty();
            loose &= field.optional().get().isLoose();
            proxies.add(target.get());
        }
        if (reversed) Collections.reverse(proxies);
        return Optional.of(new RouteSet(proxies, loose));
    }

    /// The Route values of a request; empty where one is unreadable.
    static Optional<List<Target>> written(SipMessage request) {
        var routes = new ArrayList<Target>(1);
        for (var field : request.all(Route.KIND)) {
            var target = field.optional().flatMap(one -> Target.of(one.address().uri()));
            if (target.isEmpty()) return Optional.empty();
            routes.add(target.get());
        }
        return Optional.of(routes);
    }

    boolean isEmpty() {
        return proxies.isEmpty();
    }

    /// Whether the request goes by it: in full, behind an outbound proxy that the sender puts in
    /// front, or without its first proxy where the request was sent there anyway.
    boolean isKeptBy(Sighting request) {
        var written = written(request.message());
        if (written.isEmpty()) return true;
        var routes = written.get();
        if (endsWith(routes, proxies)) return true;
        return goesTo(request.to())
                && !routes.isEmpty()
                && endsWith(proxies, routes)
                && routes.size() == proxies.size() - 1;
    }

    /// Whether the request was sent to the first proxy, whatever its Route says.
    boolean isPassedBy(Sighting request) {
        return goesTo(request.to());
    }

    private boolean goesTo(Endpoint place) {
        return proxies.getFirst().host().equals(place.host());
    }

    private static boolean endsWith(List<Target> all, List<Target> end) {
        var from = all.size() - end.size();
        if (from < 0) return false;
        for (var i = 0; i < end.size(); i++) {
            if (all.get(from + i).isElsewhere(end.get(i))) return false;
        }
        return true;
    }

    /// What is wrong with the Route of a request, a clause without its subject.
    String wrong(Sighting request, Side side) {
        var routes = written(request.message()).orElse(List.of());
        if (routes.isEmpty()) return "has no Route";
        if (isShuffled(routes)) return "has the Route values in the wrong order";
        return routes.equals(preloaded(side))
                ? "repeats the Route of the INVITE"
                : "has another Route";
    }

    private boolean isShuffled(List<Target> routes) {
        return routes.size() == proxies.size()
                && proxies.stream().allMatch(one -> routes.stream().anyMatch(one::isSamePlace));
    }

    private static List<Target> preloaded(Side side) {
        if (!side.isCaller()) return List.of();
        return side.invite().message().flatMap(RouteSet::written).orElse(List.of());
    }

    /// As it belongs into a Route header, without brackets.
    @Override
    public String toString() {
        return String.join(", ", proxies.stream().map(Target::text).toList());
    }
}
