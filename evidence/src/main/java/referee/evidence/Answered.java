// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import referee.evidence.Actors.Actor;

/// Finds the request that a response of a trace answers.
final class Answered {
    private final Call call;
    private final Counters counters;

    Answered(Call call, Counters counters) {
        this.call = call;
        this.counters = counters;
    }

    /// The last request of the method that went the other way, with the CSeq number if one is
    /// given; where the trace does not show it, the request as it would have been.
    Draft of(TraceLine.Message line, Actor from, Actor to) {
        var number = line.option("cseq").orElse("");
        var asked =
                call.latest(said ->
                                said.label().equals(line.method())
                                        && said.from().equals(to)
                                        && said.to().equals(from)
                                        && said.draft().cseqNumber().equals(number))
                        .or(() -> call.request(line.method(), to, from));
        return asked.map(said -> received(said.draft(), to))
                .orElseGet(() -> unseen(line, from, to));
    }

    /// The request with what its receiver adds to the top Via: where it really came from, if that
    /// is not what the Via says or if `rport` asks for it (RFC 3261 §18.2.1, RFC 3581 §4).
    static Draft received(Draft request, Actor sender) {
        var top = request.get("Via").orElse("");
        var source = sender.endpoint();
        var asks = top.endsWith(";rport") || top.contains(";rport;");
        if (top.contains(";received=") || !asks && sender.writes().host().equals(source.host()))
            return request;
        var copy = request.copy();
        var stamped = top.replaceFirst(";rport(?=;|$)", ";rport=" + source.port());
        copy.set("Via", stamped + ";received=" + source.host());
        return copy;
    }

    private Draft unseen(TraceLine.Message line, Actor from, Actor to) {
        var tag = call.tag(to);
        var dialogue = call.dialogue(to, from, call.tag(from)).filter(one -> one.has(tag));
        var number = line.option("cseq").orElseGet(() -> Long.toString(call.nextCSeq(to)));
        return Draft.request(line.method(), from.uri())
                .add("Via", Requests.via(to, to.transport(), counters.branch(to.name())))
                .add(
                        "From",
                        dialogue.map(one -> one.from(tag)).orElse("<" + to.uri() + ">;tag=" + tag))
                .add("To", dialogue.map(one -> one.to(tag)).orElse("<" + from.uri() + ">"))
                .add("Call-ID", call.callId())
                .add("CSeq", number + " " + line.method())
                .add("Contact", to.contact());
    }
}
