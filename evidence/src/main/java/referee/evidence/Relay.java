// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import referee.evidence.Actors.Actor;
import referee.sip.Transport;

/// Passes a message on as a proxy does (RFC 3261 §16.6 and §16.7).
final class Relay {
    private Relay() {}

    /// @param receiver who got what is passed on: the proxy itself, or its other face
    static Draft draft(
            TraceLine.Message line,
            Actor from,
            Actor receiver,
            Call call,
            Counters counters,
            Optional<Transport> over)
            throws TraceError {
        var received =
                call.latest(said -> said.label().equals(line.label()) && said.to().equals(receiver))
                        .orElseThrow(() ->
                                new TraceError(
                                        "nothing to relay: %s got no %s before in call '%s'"
                                                .formatted(
                                                        receiver.name(),
                                                        line.label(),
                                                        call.name())));
        var draft =
                received.draft().isRequest()
                        ? Answered.received(received.draft(), received.from()).copy()
                        : received.draft().copy();
        if (draft.isRequest()) {
            var branch =
                    line.option("branch")
                            .map(one -> "z9hG4bK" + one)
                            .orElseGet(() -> counters.branch(from.name()));
            passOn(draft, from, Requests.via(from, over.orElse(from.transport()), branch));
            if (line.is("record-route"))
                draft.addFirst("Record-Route", "<sip:" + from.sentBy() + ";lr>");
            line.option("uri").ifPresent(draft::uri);
        } else {
            draft.removeFirst("Via");
            if (!line.phrase().isEmpty()) draft.phrase(line.phrase());
        }
        if (line.option("cseq").isPresent())
            draft.set("CSeq", line.number("cseq").orElseThrow() + " " + line.method());
        Requests.tags(draft, line);
        return draft;
    }

    private static void passOn(Draft draft, Actor proxy, String via) {
        draft.addFirst("Via", via);
        draft.get("Max-Forwards").ifPresent(hops -> draft.set("Max-Forwards", oneLess(hops)));
        if (draft.get("Max-Forwards").isEmpty()) draft.add("Max-Forwards", 70);
        var mine = draft.get("Route").filter(route -> route.contains(":" + proxy.sentBy()));
        if (mine.isPresent()) draft.removeFirst("Route");
    }

    private static String oneLess(String hops) {
        try {
            return Long.toString(Math.max(0, Long.parseLong(hops) - 1));
        } catch (NumberFormatException e) {
            return hops;
        }
    }
}
