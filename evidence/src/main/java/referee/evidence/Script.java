// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.evidence.Call.Said;
import referee.sip.Slice;
import referee.sip.Transport;

/// The calls of a trace, and how each of its lines becomes a message.
final class Script {
    private static final int MAX_CALLS = 100_000;
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final long MAX_BYTES = 256L << 20;

    /// A whole message and what it travels over.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wire(byte[] bytes, Transport transport) {}

    private final Actors actors;
    private final Map<String, Call> calls = new HashMap<>();
    private final Counters counters = new Counters();
    private final Challenges challenges = new Challenges();
    private long keptBytes;

    Script(Actors actors) {
        this.actors = actors;
    }

    /// The whole message, start line to body.
    Wire complete(TraceLine.Message line, Actor from, Actor to) throws TraceError {
        var over = over(line);
        if (line.is("verbatim"))
            return new Wire(Verbatim.read(line.details()), over.orElse(from.transport()));
        var call = call(line.call(), from);
        if (line.is("again")) return again(line, from, to, call);
        var answered = Optional.<Draft>empty();
        Draft draft;
        if (line.is("relayed")) {
            draft = Relay.draft(line, from, relayFrom(line, from), call, counters, over);
        } else if (line.code() == 0) {
            draft = new Requests(call, counters, actors).draft(line, from, to, over);
        } else {
            var request = new Answered(call, counters).of(line, from, to);
            answered = Optional.of(request);
            draft = Responses.draft(line, from, request, call, counters);
        }
        var transport = over.orElseGet(() -> transport(draft, from));
        finish(draft, line, from, call);
        return keep(
                line, new Said(line, from, to, draft, draft.bytes(), transport), call, answered);
    }

    private Wire keep(TraceLine.Message line, Said message, Call call, Optional<Draft> answered)
            throws TraceError {
        keptBytes += message.bytes().length;
        if (message.bytes().length > MAX_MESSAGE_BYTES)
            throw new TraceError("a message of more than " + MAX_MESSAGE_BYTES + " octets");
        if (keptBytes > MAX_BYTES)
            throw new TraceError("messages of more than " + MAX_BYTES + " octets in all");
        call.heard(message, answered, line.is("relayed"));
        challenges.heard(call, message);
        return new Wire(message.bytes(), message.transport());
    }

    private Call call(String name, Actor from) throws TraceError {
        if (calls.size() == MAX_CALLS && !calls.containsKey(name))
            throw new TraceError("more than " + MAX_CALLS + " calls");
        return calls.computeIfAbsent(name, one -> new Call(one, from));
    }

    private static Wire again(TraceLine.Message line, Actor from, Actor to, Call call)
            throws TraceError {
        if (!line.details().isEmpty())
            throw new TraceError(
                    "'again' sends the same bytes: it takes no indented lines",
                    line.details().getFirst().number());
        var alike = new HashMap<>(line.options());
        alike.keySet().removeAll(Set.of("again", "call", "frame"));
        var last =
                call.latest(said ->
                                said.label().equals(line.label())
                                        && said.from().equals(from)
                                        && said.to().equals(to)
                                        && said.has(alike))
                        .orElseThrow(() ->
                                new TraceError(
                                        "nothing to send again: no such %s from %s to %s before in call '%s'"
                                                .formatted(
                                                        line.label(),
                                                        line.from(),
                                                        line.to(),
                                                        call.name())));
        return new Wire(last.bytes(), last.transport());
    }

    private Actor relayFrom(TraceLine.Message line, Actor from) throws TraceError {
        var name = line.option("relayed").orElse("");
        return name.isEmpty() ? from : actors.of(name);
    }

    /// Applies what the options say of bodies, and the indented lines.
    private void finish(Draft draft, TraceLine.Message line, Actor from, Call call)
            throws TraceError {
        if (line.option("sdp").isPresent()) Bodies.sdp(draft, from, line.option("sdp").get());
        if (line.option("sipfrag").isPresent()) Bodies.sipfrag(draft, line.option("sipfrag").get());
        Transfers.apply(draft, line, call, calls, actors);
        var details = new Details(draft);
        for (var detail : line.details()) details.apply(detail);
        details.endBody();
        var auto = new Auto(draft, from, call, challenges, counters);
        if (line.is("auth")) auto.answerAll();
        auto.fillIn();
    }

    private static Optional<Transport> over(TraceLine.Message line) throws TraceError {
        var word = line.option("over");
        if (word.isEmpty()) return Optional.empty();
        var transport = Transport.of(Slice.of(word.get()));
        if (transport.isEmpty()) {
            throw new TraceError(
                    "over= takes udp, tcp, tls, ws, wss or sctp, and found '" + word.get() + "'");
        }
        return transport;
    }

    /// What the top Via says: a response goes back over what its request came by.
    private static Transport transport(Draft draft, Actor from) {
        var via = draft.get("Via").orElse("");
        var word = via.startsWith("SIP/2.0/") ? via.substring(8).split("\\s", 2)[0] : "";
        return Transport.of(Slice.of(word)).orElse(from.transport());
    }
}
