// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.evidence.Script.Said;

/// Completes requests (RFC 3261 §8.1.1 and §12.2.1.1).
final class Requests {
    private static final Set<String> WITH_CONTACT =
            Set.of("INVITE", "SUBSCRIBE", "REFER", "NOTIFY", "UPDATE", "REGISTER");

    private final Call call;
    private final List<Said> earlier;
    private final Counters counters;

    Requests(Call call, List<Said> earlier, Counters counters) {
        this.call = call;
        this.earlier = earlier;
        this.counters = counters;
    }

    Draft draft(TraceLine.Message line, Actor from, Actor to) throws TraceError {
        var draft =
                switch (line.method()) {
                    case "ACK" -> ack(line, from, to);
                    case "CANCEL" -> cancel(from, to);
                    default -> other(line, from, to);
                };
        line.option("uri").ifPresent(draft::uri);
        if (line.option("cseq").isPresent()) cseq(draft, line, from);
        tags(draft, line);
        line.option("branch").ifPresent(branch -> setBranch(draft, from, branch));
        return draft;
    }

    private Draft other(TraceLine.Message line, Actor from, Actor to) {
        var retry = retried(line, from, to);
        if (retry.isPresent()) return again(retry.get(), line, from);
        var tag = call.tag(from);
        var dialogue = call.dialogue().filter(one -> one.has(tag) && !line.is("new"));
        var draft =
                dialogue.isPresent()
                        ? within(dialogue.get(), line, from, to)
                        : outside(line, from, to);
        draft.add("Call-ID", call.callId());
        draft.add("CSeq", call.nextCSeq(from) + " " + line.method());
        if (WITH_CONTACT.contains(line.method())) draft.add("Contact", from.contact());
        own(draft, line.method(), from);
        return draft;
    }

    private Draft within(Dialogue dialogue, TraceLine.Message line, Actor from, Actor to) {
        var tag = call.tag(from);
        var draft = start(line.method(), dialogue.target(tag).orElse(to.uri()), from);
        dialogue.routes(tag).forEach(route -> draft.add("Route", route));
        return draft.add("From", dialogue.from(tag)).add("To", dialogue.to(tag));
    }

    private Draft outside(TraceLine.Message line, Actor from, Actor to) {
        var registers = line.method().equals("REGISTER");
        var draft = start(line.method(), registers ? "sip:" + to.host() : to.uri(), from);
        var me = registers ? "sip:" + from.name() + "@" + to.host() : from.uri();
        draft.add("From", "<" + me + ">;tag=" + call.tag(from));
        var referrer = line.method().equals("NOTIFY") ? referrer(from) : Optional.<Draft>empty();
        referrer.ifPresent(
                refer -> draft.uri(refer.get("Contact").map(NameTag::uri).orElse(to.uri())));
        return draft.add(
                "To",
                referrer.flatMap(refer -> refer.get("From"))
                        .orElse("<" + (registers ? me : to.uri()) + ">"));
    }

    /// The REFER or SUBSCRIBE that this actor got outside a dialog: a NOTIFY may come before its
    /// 2xx.
    private Optional<Draft> referrer(Actor notifier) {
        return earlier.reversed().stream()
                .filter(said -> said.label().equals("REFER") || said.label().equals("SUBSCRIBE"))
                .filter(said -> said.to().equals(notifier))
                .map(Said::draft)
                .findFirst();
    }

    private Draft start(String method, String uri, Actor from) {
        return Draft.request(method, uri)
                .add("Via", via(from, counters.branch(from.name())))
                .add("Max-Forwards", 70);
    }

    /// What the method itself asks for.
    private void own(Draft draft, String method, Actor from) {
        switch (method) {
            case "INVITE" -> Bodies.sdp(draft, from);
            case "REGISTER" -> draft.add("Expires", 3600);
            case "SUBSCRIBE" -> draft.add("Event", "presence").add("Expires", 3600);
            case "REFER" -> draft.add("Refer-To", "<sip:target@192.0.2.30>");
            case "NOTIFY" -> {
                draft.add(
                        "Event", call.isReferred(NameTag.tag(draft, "To")) ? "refer" : "presence");
                draft.add("Subscription-State", "active;expires=60");
            }
            default -> {}
        }
    }

    /// The last request of this method from this end, if it was challenged: the next one is the
    /// same with credentials.
    private Optional<Draft> retried(TraceLine.Message line, Actor from, Actor to) {
        if (line.is("new")) return Optional.empty();
        for (var said : earlier.reversed()) {
            var mine = said.from().equals(from) && said.to().equals(to);
            if (mine && said.label().equals(line.method())) return Optional.empty();
            var answers = said.from().equals(to) && said.to().equals(from);
            if (answers && said.label().endsWith(" " + line.method())) {
                var challenged = said.draft().code() == 401 || said.draft().code() == 407;
                return challenged ? lastSent(line.method(), from, to) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Draft again(Draft before, TraceLine.Message line, Actor from) {
        var draft = before.copy();
        draft.set("Via", via(from, counters.branch(from.name())));
        draft.remove("Authorization");
        draft.remove("Proxy-Authorization");
        draft.set("CSeq", call.nextCSeq(from) + " " + line.method());
        return draft;
    }

    /// To a 2xx a request of its own within the dialog; else part of the INVITE's transaction (RFC
    /// 3261 §13.2.2.4, §17.1.1.3).
    private Draft ack(TraceLine.Message line, Actor from, Actor to) throws TraceError {
        var tag = call.tag(from);
        var invite = lastSent("INVITE", from, to);
        var refused =
                invite.flatMap(_ -> lastFinal("INVITE", from, to))
                        .filter(answer -> answer.code() >= 300);
        if (refused.isPresent()) {
            var request = invite.orElseThrow();
            var draft = sameBranch("ACK", request);
            return draft.add("From", request.get("From").orElse(""))
                    .add("To", refused.get().get("To").orElse(""))
                    .add("Call-ID", call.callId())
                    .add("CSeq", number(request) + " ACK");
        }
        var dialogue = call.dialogue().filter(one -> one.has(tag));
        var draft =
                dialogue.isPresent()
                        ? within(dialogue.get(), line, from, to)
                        : outside(line, from, to);
        var cseq = invite.or(() -> lastSent("INVITE", from)).map(Requests::number).orElse("1");
        return draft.add("Call-ID", call.callId()).add("CSeq", cseq + " ACK");
    }

    private Draft cancel(Actor from, Actor to) throws TraceError {
        var invite =
                lastSent("INVITE", from, to)
                        .orElseThrow(() ->
                                new TraceError(
                                        "nothing to cancel: no INVITE from %s to %s before"
                                                .formatted(from.name(), to.name())));
        return sameBranch("CANCEL", invite)
                .add("From", invite.get("From").orElse(""))
                .add("To", invite.get("To").orElse(""))
                .add("Call-ID", call.callId())
                .add("CSeq", number(invite) + " CANCEL");
    }

    private static Draft sameBranch(String method, Draft invite) {
        var draft = Draft.request(method, invite.uri());
        draft.add("Via", invite.get("Via").orElse("")).add("Max-Forwards", 70);
        invite.all("Route").forEach(route -> draft.add("Route", route));
        return draft;
    }

    private Optional<Draft> lastSent(String method, Actor from, Actor to) {
        return earlier.reversed().stream()
                .filter(said -> said.label().equals(method))
                .filter(said -> said.from().equals(from) && said.to().equals(to))
                .map(Said::draft)
                .findFirst();
    }

    private Optional<Draft> lastSent(String method, Actor from) {
        return earlier.reversed().stream()
                .filter(said -> said.label().equals(method) && said.from().equals(from))
                .map(Said::draft)
                .findFirst();
    }

    private Optional<Draft> lastFinal(String method, Actor from, Actor to) {
        return earlier.reversed().stream()
                .filter(said -> said.label().endsWith(" " + method))
                .filter(said -> said.from().equals(to) && said.to().equals(from))
                .map(Said::draft)
                .filter(draft -> draft.code() >= 200)
                .findFirst();
    }

    private void cseq(Draft draft, TraceLine.Message line, Actor from) throws TraceError {
        var number = line.option("cseq").orElseThrow();
        draft.set("CSeq", number + " " + line.method());
        try {
            call.cseq(from, Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw new TraceError("cseq= takes a number, and found '" + number + "'");
        }
    }

    private static void tags(Draft draft, TraceLine.Message line) {
        line.option("from-tag").ifPresent(tag -> tag(draft, "From", tag));
        line.option("to-tag").ifPresent(tag -> tag(draft, "To", tag));
    }

    static void tag(Draft draft, String header, String tag) {
        draft.set(header, NameTag.withTag(NameTag.withoutTag(draft.get(header).orElse("")), tag));
    }

    private static void setBranch(Draft draft, Actor from, String branch) {
        draft.set("Via", via(from, "z9hG4bK" + branch));
    }

    static String via(Actor actor, String branch) {
        return "SIP/2.0/" + actor.transport() + " " + actor.sentBy() + ";branch=" + branch;
    }

    private static String number(Draft draft) {
        return draft.get("CSeq").orElse("1").split(" ", 2)[0];
    }
}
