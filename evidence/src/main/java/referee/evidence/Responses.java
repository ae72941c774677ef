// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Set;
import referee.evidence.Actors.Actor;

/// Completes responses (RFC 3261 §8.2.6).
final class Responses {
    private static final Set<String> OPENING = Set.of("INVITE", "SUBSCRIBE", "REFER");

    private Responses() {}

    /// @param request what is answered
    static Draft draft(
            TraceLine.Message line, Actor from, Draft request, Call call, Counters counters)
            throws TraceError {
        var code = line.code();
        var phrase = line.phrase().isEmpty() ? Phrases.of(code) : line.phrase();
        var draft = Draft.response(code, phrase);
        request.all("Via").forEach(via -> draft.add("Via", via));
        var opens = OPENING.contains(line.method()) && code > 100 && code < 300;
        if (opens) request.all("Record-Route").forEach(route -> draft.add("Record-Route", route));
        draft.add("From", request.get("From").orElse(""));
        draft.add("To", to(line, request, from, call));
        request.get("Call-ID").ifPresent(callId -> draft.add("Call-ID", callId));
        var number = line.option("cseq").orElse(request.cseqNumber());
        draft.add("CSeq", number + " " + line.method());
        var refreshes = line.method().equals("UPDATE") && code >= 200 && code < 300;
        if (opens || refreshes) draft.add("Contact", from.contact());
        own(draft, line, request, from, counters);
        Requests.tags(draft, line);
        return draft;
    }

    private static String to(TraceLine.Message line, Draft request, Actor from, Call call) {
        var to = request.get("To").orElse("");
        var plain = line.code() == 100 || !NameTag.tag(request, "To").isEmpty();
        return plain ? to : NameTag.withTag(to, call.tag(from));
    }

    private static void own(
            Draft draft, TraceLine.Message line, Draft request, Actor from, Counters counters)
            throws TraceError {
        switch (line.code()) {
            case 401 -> draft.add("WWW-Authenticate", Challenges.fresh(from, counters));
            case 407 -> draft.add("Proxy-Authenticate", Challenges.fresh(from, counters));
            default -> {}
        }
        if (line.code() < 200 || line.code() > 299) return;
        switch (line.method()) {
            case "INVITE" -> Bodies.sdp(draft, from, "");
            case "REGISTER" ->
                    MethodParts.binding(request).ifPresent(one -> draft.add("Contact", one));
            case "SUBSCRIBE", "PUBLISH" ->
                    draft.add("Expires", request.get("Expires").orElse("3600"));
            default -> {}
        }
    }
}
