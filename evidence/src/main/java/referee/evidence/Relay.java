// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import referee.evidence.Actors.Actor;
import referee.evidence.Script.Said;

/// Passes a message on as a proxy does (RFC 3261 §16.6 and §16.7).
final class Relay {
    private Relay() {}

    static Draft draft(
            TraceLine.Message line, Actor from, Actor to, List<Said> earlier, Counters counters)
            throws TraceError {
        for (var said : earlier.reversed()) {
            if (said.label().equals(line.label()) && said.to().equals(from)) {
                return said.draft().isRequest()
                        ? request(said.draft(), line, from, counters)
                        : response(said.draft());
            }
        }
        throw new TraceError(
                "nothing to relay: %s got no %s before".formatted(line.from(), line.label()));
    }

    private static Draft request(
            Draft received, TraceLine.Message line, Actor from, Counters counters) {
        var draft = received.copy();
        draft.addFirst(
                "Via",
                Requests.via(
                        from,
                        line.option("branch")
                                .map(b -> "z9hG4bK" + b)
                                .orElseGet(() -> counters.branch(from.name()))));
        var hops = received.get("Max-Forwards").map(Relay::oneLess).orElse("70");
        draft.set("Max-Forwards", hops);
        if (draft.get("Route").filter(route -> route.contains(from.sentBy())).isPresent()) {
            draft.removeFirst("Route");
        }
        if (line.is("record-route"))
            draft.addFirst("Record-Route", "<sip:" + from.sentBy() + ";lr>");
        line.option("uri").ifPresent(draft::uri);
        return draft;
    }

    private static Draft response(Draft received) {
        var draft = received.copy();
        draft.removeFirst("Via");
        return draft;
    }

    private static String oneLess(String hops) {
        try {
            return Long.toString(Math.max(0, Long.parseLong(hops) - 1));
        } catch (NumberFormatException e) {
            return hops;
        }
    }
}
