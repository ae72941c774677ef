// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.evidence.Call.Said;

/// What a method itself asks of a request, beyond what every request has.
final class MethodParts {
    private final Call call;

    MethodParts(Call call) {
        this.call = call;
    }

    void add(Draft draft, Actor from) throws TraceError {
        switch (draft.method()) {
            case "INVITE" -> Bodies.sdp(draft, from, "");
            case "REGISTER" -> draft.add("Expires", 3600);
            case "SUBSCRIBE" -> draft.add("Event", "presence").add("Expires", 3600);
            case "PUBLISH" -> draft.add("Event", "presence").add("Expires", 3600);
            case "REFER" -> draft.add("Refer-To", "<sip:target@192.0.2.30>");
            case "PRACK" -> rack(draft, from);
            case "NOTIFY" ->
                    draft.add("Event", event(NameTag.tag(draft, "To")))
                            .add("Subscription-State", "active;expires=60");
            default -> {}
        }
    }

    /// The numbers of the last reliable provisional response (RFC 3262 §7.2).
    private void rack(Draft draft, Actor from) {
        var answer =
                call.latest(said ->
                        said.isAnswerTo("INVITE")
                                && said.to().equals(from)
                                && said.draft().get("RSeq").isPresent());
        var rseq = answer.flatMap(said -> said.draft().get("RSeq")).orElse("1");
        var cseq = answer.map(said -> said.draft().cseqNumber()).orElse("1");
        draft.add("RAck", rseq + " " + cseq + " INVITE");
    }

    /// What the end with this tag subscribed to: the Event of its last SUBSCRIBE, or `refer`, with
    /// the CSeq number of a second and later REFER (RFC 3515 §2.4.6).
    private String event(String subscriber) {
        var last = call.latest(said -> isAsk(said, subscriber)).map(Said::draft);
        if (last.isEmpty()) return "presence";
        if (last.get().method().equals("SUBSCRIBE"))
            return last.get().get("Event").orElse("presence");
        var numbers = referNumbers(subscriber);
        return numbers.size() < 2 ? "refer" : "refer;id=" + last.get().cseqNumber();
    }

    private static boolean isAsk(Said said, String subscriber) {
        return (said.label().equals("SUBSCRIBE") || said.label().equals("REFER"))
                && NameTag.tag(said.draft(), "From").equals(subscriber);
    }

    /// The CSeq numbers of this end's REFERs that were not refused.
    private Set<String> referNumbers(String subscriber) {
        var numbers = new LinkedHashSet<String>();
        for (var said : call.latest().reversed()) {
            var mine = NameTag.tag(said.draft(), "From").equals(subscriber);
            if (mine && said.label().equals("REFER")) numbers.add(said.draft().cseqNumber());
            if (mine && said.isAnswerTo("REFER") && said.draft().code() >= 300)
                numbers.remove(said.draft().cseqNumber());
        }
        return numbers;
    }

    /// The contact that a 2xx to REGISTER repeats, with the time it is bound for.
    static Optional<String> binding(Draft request) {
        var expires = request.get("Expires").orElse("3600");
        return request.get("Contact")
                .filter(contact -> !contact.equals("*"))
                .map(contact ->
                        contact.contains(";expires=") ? contact : contact + ";expires=" + expires);
    }
}
