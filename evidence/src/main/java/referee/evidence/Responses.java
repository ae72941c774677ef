// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.evidence.Script.Said;

/// Completes responses (RFC 3261 §8.2.6).
final class Responses {
    private static final Set<String> OPENING = Set.of("INVITE", "SUBSCRIBE", "REFER");

    private final Call call;
    private final List<Said> earlier;
    private final Counters counters;

    Responses(Call call, List<Said> earlier, Counters counters) {
        this.call = call;
        this.earlier = earlier;
        this.counters = counters;
    }

    Draft draft(TraceLine.Message line, Actor from, Actor to) {
        var request = request(line, from, to);
        var phrase = line.phrase().isEmpty() ? Phrases.of(line.code()) : line.phrase();
        var draft = Draft.response(line.code(), phrase);
        request.all("Via").forEach(via -> draft.add("Via", via));
        var opens = OPENING.contains(line.method()) && line.code() > 100 && line.code() < 300;
        if (opens) request.all("Record-Route").forEach(route -> draft.add("Record-Route", route));
        draft.add("From", request.get("From").orElse(""));
        draft.add("To", to(line, request, from));
        draft.add("Call-ID", call.callId());
        draft.add("CSeq", cseq(line, request));
        if (opens) draft.add("Contact", from.contact());
        own(draft, line, request, from);
        line.option("from-tag").ifPresent(tag -> Requests.tag(draft, "From", tag));
        if (opens && line.code() >= 200) learnCaller(draft, request);
        return draft;
    }

    /// The dialog's other side learns its remote target from the request that this answers.
    private void learnCaller(Draft response, Draft request) {
        call.heard(response.copy(), NOBODY, NOBODY, request.method());
        call.opened(request);
    }

    private static final Actor NOBODY =
            new Actor("nobody", "", new Endpoint("", 0), referee.sip.Transport.UDP);

    private String to(TraceLine.Message line, Draft request, Actor from) {
        var to = request.get("To").orElse("");
        if (line.option("to-tag").isPresent()) {
            return NameTag.withTag(NameTag.withoutTag(to), line.option("to-tag").get());
        }
        var plain = line.code() == 100 || !NameTag.tag(request, "To").isEmpty();
        return plain ? to : NameTag.withTag(to, call.tag(from));
    }

    private static String cseq(TraceLine.Message line, Draft request) {
        var number = request.get("CSeq").orElse("1").split(" ", 2)[0];
        return line.option("cseq").orElse(number) + " " + line.method();
    }

    private void own(Draft draft, TraceLine.Message line, Draft request, Actor from) {
        switch (line.code()) {
            case 401 -> draft.add("WWW-Authenticate", challenge(from));
            case 407 -> draft.add("Proxy-Authenticate", challenge(from));
            default -> {}
        }
        if (line.code() < 200 || line.code() > 299) return;
        switch (line.method()) {
            case "INVITE" -> Bodies.sdp(draft, from);
            case "REGISTER" -> {
                var expires = request.get("Expires").orElse("3600");
                request.get("Contact")
                        .ifPresent(
                                contact -> draft.add("Contact", contact + ";expires=" + expires));
            }
            case "SUBSCRIBE" -> draft.add("Expires", request.get("Expires").orElse("3600"));
            default -> {}
        }
    }

    private String challenge(Actor from) {
        return "Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\""
                .formatted(from.host(), counters.nonce());
    }

    /// What is answered; where the trace does not show it, the request as it would have been.
    private Draft request(TraceLine.Message line, Actor from, Actor to) {
        for (var said : earlier.reversed()) {
            if (said.label().equals(line.method())
                    && said.from().equals(to)
                    && said.to().equals(from)) {
                return said.draft();
            }
        }
        return unseen(line, from, to);
    }

    private Draft unseen(TraceLine.Message line, Actor from, Actor to) {
        var tag = call.tag(to);
        var dialogue = call.dialogue().filter(one -> one.has(tag));
        return Draft.request(line.method(), from.uri())
                .add("Via", Requests.via(to, counters.branch(to.name())))
                .add(
                        "From",
                        Optional.of(tag)
                                .flatMap(t -> dialogue.map(one -> one.from(t)))
                                .orElse("<" + to.uri() + ">;tag=" + tag))
                .add("To", dialogue.map(one -> one.to(tag)).orElse("<" + from.uri() + ">"))
                .add("CSeq", call.nextCSeq(to) + " " + line.method());
    }
}
