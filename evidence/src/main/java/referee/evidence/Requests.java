// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.evidence.Call.Said;
import referee.sip.Transport;

/// Completes requests (RFC 3261 §8.1.1 and §12.2.1.1).
final class Requests {
    private static final Set<String> WITH_CONTACT =
            Set.of("INVITE", "SUBSCRIBE", "REFER", "NOTIFY", "UPDATE", "REGISTER");

    private final Call call;
    private final Counters counters;
    private final Actors actors;

    Requests(Call call, Counters counters, Actors actors) {
        this.call = call;
        this.counters = counters;
        this.actors = actors;
    }

    Draft draft(TraceLine.Message line, Actor from, Actor to, Optional<Transport> over)
            throws TraceError {
        var via = via(from, over.orElse(from.transport()), branch(line, from));
        var draft =
                switch (line.method()) {
                    case "ACK" -> ack(line, from, to, via);
                    case "CANCEL" -> cancel(from, to);
                    default -> other(line, from, to, via);
                };
        line.option("uri").ifPresent(draft::uri);
        if (line.option("branch").isPresent()) draft.set("Via", via);
        tags(draft, line);
        return draft;
    }

    private Draft other(TraceLine.Message line, Actor from, Actor to, String via)
            throws TraceError {
        var number = cseq(line, from);
        var challenged = line.is("new") ? Optional.<Draft>empty() : challenged(line, from, to);
        if (challenged.isPresent()) return retry(challenged.get(), via, number);
        var dialogue = line.is("new") ? Optional.<Dialogue>empty() : dialogue(line, from, to);
        var draft =
                dialogue.isPresent()
                        ? within(dialogue.get(), line, from, to, via)
                        : outside(line, from, to, via);
        draft.add("Call-ID", call.callId()).add("CSeq", number + " " + line.method());
        if (WITH_CONTACT.contains(line.method())) draft.add("Contact", from.contact());
        new MethodParts(call).add(draft, from);
        return draft;
    }

    private long cseq(TraceLine.Message line, Actor from) throws TraceError {
        var given = line.number("cseq");
        if (given.isEmpty()) return call.nextCSeq(from);
        call.cseq(from, given.get());
        return given.get();
    }

    private Optional<Dialogue> dialogue(TraceLine.Message line, Actor from, Actor to) {
        return call.dialogue(from, to, line.option("to-tag").orElse(""));
    }

    private Draft within(
            Dialogue dialogue, TraceLine.Message line, Actor from, Actor to, String via) {
        var tag = call.tag(from);
        var draft =
                Draft.request(line.method(), dialogue.target(tag).orElse(to.uri()))
                        .add("Via", via)
                        .add("Max-Forwards", 70);
        dialogue.routes(tag).forEach(route -> draft.add("Route", route));
        return draft.add("From", dialogue.from(tag)).add("To", dialogue.to(tag));
    }

    private Draft outside(TraceLine.Message line, Actor from, Actor to, String via)
            throws TraceError {
        var meant = line.option("for").isPresent() ? actors.of(line.option("for").get()) : to;
        var registers = line.method().equals("REGISTER");
        var me = registers ? "sip:" + from.name() + "@" + meant.host() : from.uri();
        var draft =
                Draft.request(line.method(), registers ? "sip:" + meant.host() : meant.uri())
                        .add("Via", via)
                        .add("Max-Forwards", 70)
                        .add("From", "<" + me + ">;tag=" + call.tag(from));
        var asked = line.method().equals("NOTIFY") ? asked(from) : Optional.<Draft>empty();
        asked.flatMap(request -> request.get("Contact")).map(NameTag::uri).ifPresent(draft::uri);
        return draft.add(
                "To",
                asked.flatMap(request -> request.get("From"))
                        .orElse("<" + (registers ? me : meant.uri()) + ">"));
    }

    /// The REFER or SUBSCRIBE that this actor got outside a dialog: a NOTIFY may come before its
    /// 2xx.
    private Optional<Draft> asked(Actor notifier) {
        return call.latest(said ->
                        said.to().equals(notifier)
                                && (said.label().equals("REFER")
                                        || said.label().equals("SUBSCRIBE")))
                .map(Said::draft);
    }

    /// The last request of this method from this end, if it was challenged: what follows is the
    /// same with credentials (RFC 3261 §22.2).
    private Optional<Draft> challenged(TraceLine.Message line, Actor from, Actor to) {
        var method = line.method();
        var sentThere = call.request(method, from, to).isPresent();
        for (var said : call.latest()) {
            var there = !sentThere || said.from().equals(to) || said.to().equals(to);
            if (!there) continue;
            if (said.from().equals(from) && said.label().equals(method)) return Optional.empty();
            if (!said.to().equals(from) || !said.isAnswerTo(method)) continue;
            if (said.draft().code() != 401 && said.draft().code() != 407) return Optional.empty();
            return call.request(method, from, said.from()).map(Said::draft);
        }
        return Optional.empty();
    }

    private static Draft retry(Draft before, String via, long number) {
        var draft = before.copy();
        draft.set("Via", via);
        draft.remove("Authorization");
        draft.remove("Proxy-Authorization");
        draft.set("CSeq", number + " " + before.method());
        return draft;
    }

    /// To a 2xx a request of its own within the dialog, else part of the INVITE's transaction (RFC
    /// 3261 §13.2.2.4 and §17.1.1.3). Either way it repeats the credentials of the INVITE (§22.1).
    private Draft ack(TraceLine.Message line, Actor from, Actor to, String via) throws TraceError {
        var invite =
                call.request("INVITE", from, to)
                        .or(() ->
                                call.latest(said ->
                                        said.label().equals("INVITE") && said.from().equals(from)))
                        .map(Said::draft);
        var refusal = invite.flatMap(request -> refusal(request, from, to));
        Draft draft;
        if (refusal.isPresent()) {
            draft = sameBranch("ACK", invite.orElseThrow());
            draft.add("From", invite.orElseThrow().get("From").orElse(""));
            draft.add("To", refusal.get().get("To").orElse(""));
        } else {
            var dialogue = dialogue(line, from, to);
            draft =
                    dialogue.isPresent()
                            ? within(dialogue.get(), line, from, to, via)
                            : outside(line, from, to, via);
        }
        var number = line.option("cseq").or(() -> invite.map(Draft::cseqNumber)).orElse("1");
        draft.add("Call-ID", call.callId()).add("CSeq", number + " ACK");
        for (var header : new String[] {"Authorization", "Proxy-Authorization"}) {
            invite.ifPresent(one -> one.all(header).forEach(value -> draft.add(header, value)));
        }
        return draft;
    }

    private Optional<Draft> refusal(Draft invite, Actor from, Actor to) {
        return call.latest(said ->
                        said.isAnswerTo("INVITE")
                                && said.from().equals(to)
                                && said.to().equals(from)
                                && said.draft().code() >= 200
                                && said.draft().cseqNumber().equals(invite.cseqNumber()))
                .map(Said::draft)
                .filter(answer -> answer.code() >= 300);
    }

    private Draft cancel(Actor from, Actor to) throws TraceError {
        var invite =
                call.request("INVITE", from, to)
                        .map(Said::draft)
                        .orElseThrow(() ->
                                new TraceError(
                                        "nothing to cancel: no INVITE from %s to %s before"
                                                .formatted(from.name(), to.name())));
        return sameBranch("CANCEL", invite)
                .add("From", invite.get("From").orElse(""))
                .add("To", invite.get("To").orElse(""))
                .add("Call-ID", call.callId())
                .add("CSeq", invite.cseqNumber() + " CANCEL");
    }

    private static Draft sameBranch(String method, Draft invite) {
        var draft = Draft.request(method, invite.uri());
        draft.add("Via", invite.get("Via").orElse("")).add("Max-Forwards", 70);
        invite.all("Route").forEach(route -> draft.add("Route", route));
        return draft;
    }

    static void tags(Draft draft, TraceLine.Message line) {
        line.option("from-tag").ifPresent(tag -> tag(draft, "From", tag));
        line.option("to-tag").ifPresent(tag -> tag(draft, "To", tag));
    }

    private static void tag(Draft draft, String header, String tag) {
        draft.set(header, NameTag.withTag(NameTag.withoutTag(draft.get(header).orElse("")), tag));
    }

    private String branch(TraceLine.Message line, Actor from) {
        return line.option("branch")
                .map(branch -> "z9hG4bK" + branch)
                .orElseGet(() -> counters.branch(from.name()));
    }

    static String via(Actor actor, Transport transport, String branch) {
        var asks = actor.writes().equals(actor.endpoint()) ? "" : ";rport";
        return "SIP/2.0/" + transport + " " + actor.sentBy() + ";branch=" + branch + asks;
    }
}
