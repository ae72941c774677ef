// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Via;

/// A request that came in: how it is answered, and where its table stands.
final class ServerTransaction {
    private static final int DEFAULT_PORT = 5060;

    private final Desk desk;
    private final Transactions all;
    private final String key;
    private final SipMessage request;
    private final Flow flow;
    private final String tag;
    private final Running<?, ServerInput> running;
    private Agenda.@Nullable Alarm alarm;
    private Optional<SipMessage> last = Optional.empty();
    private Consumer<Instant> abandoned = _ -> {};
    private boolean redirected;

    /// @param tag ours: that of To, or the one to give to it
    ServerTransaction(Desk desk, Transactions all, String key, String tag, Received received) {
        this.desk = desk;
        this.all = all;
        this.key = key;
        this.request = received.message();
        this.flow = received.flow();
        this.tag = tag;
        var reliable = flow.transport().isReliable();
        var timers = desk.setup.timers();
        this.running =
                request.method().equals(Methods.INVITE)
                        ? new Running<>(new InviteServer(timers, reliable), received.at())
                        : new Running<>(new NonInviteServer(timers, reliable), received.at());
        setAlarm();
    }

    String key() {
        return key;
    }

    SipMessage request() {
        return request;
    }

    Flow flow() {
        return flow;
    }

    /// Our tag: that of To, or the one given to it.
    String tag() {
        return tag;
    }

    /// What a response of this transaction was last, if there was one.
    Optional<SipMessage> last() {
        return last;
    }

    boolean isFinal() {
        return last.filter(response -> response.code() >= 200).isPresent();
    }

    /// Whom to tell that it has ended without a final response: the client has given up.
    void abandoned(Consumer<Instant> told) {
        abandoned = told;
    }

    /// Sends a response, unless a final one was sent before.
    void reply(Instant at, Reply reply) {
        if (isFinal()) return;
        last = Optional.of(response(reply).message());
        act(at, running.feed(new ServerInput.Reply(reply.code(), at)));
    }

    /// Sends the accepted 2xx once more (RFC 3261 §13.3.1.4).
    void repeat(Instant at) {
        last.ifPresent(
                response -> act(at, running.feed(new ServerInput.Reply(response.code(), at))));
    }

    void again(Instant at) {
        act(at, running.feed(new ServerInput.Request(at)));
    }

    void acknowledged(Instant at) {
        act(at, running.feed(new ServerInput.Ack(at)));
    }

    private void tick(Instant at) {
        act(at, running.feed(new ServerInput.Tick(at)));
    }

    /// Over a connection that is gone a response goes once more, to the address of the Via (RFC
    /// 3261 §18.2.2).
    private void failed(Instant at, TransportError why) {
        var response = last;
        if (flow.transport().isReliable() && !redirected && response.isPresent()) {
            redirected = true;
            desk.send(back(), response.get().bytes(), this::failed);
            return;
        }
        act(at, running.feed(new ServerInput.SendFailed(at)));
    }

    private void setAlarm() {
        if (alarm != null) desk.agenda.cancel(alarm);
        alarm = running.wakeAt().map(when -> desk.agenda.at(when, this::tick)).orElse(null);
        if (running.isOver()) all.remove(this);
    }

    private void act(Instant at, List<Act> acts) {
        setAlarm();
        for (var act : acts) {
            switch (act) {
                case SEND -> last.ifPresent(response -> send(response.bytes()));
                case TRYING -> {
                    if (last.isEmpty()) last = Optional.of(response(Reply.of(100)).message());
                    last.ifPresent(response -> send(response.bytes()));
                }
                case PASS_UP, UNREACHABLE, TIMED_OUT -> {}
                case ACK -> throw new IllegalStateException("a server sends no ACK");
            }
        }
        if (running.isOver() && !isFinal()) abandoned.accept(at);
    }

    private void send(Slice bytes) {
        desk.send(back(), bytes, this::failed);
    }

    /// Where responses go: back over a connection; by datagram to the port the request came from if
    /// the client asked for that with `rport`, else to the port of its Via (RFC 3261 §18.2.2, RFC
    /// 3581 §4).
    private Destination back() {
        var via = request.first(Via.KIND).optional();
        if (via.isEmpty()) return new Destination.Over(flow);
        if (!redirected && (flow.transport().isReliable() || via.get().params().has("rport")))
            return new Destination.Over(flow);
        var port = via.get().port() == 0 ? DEFAULT_PORT : via.get().port();
        if (!redirected && port == flow.remote().port()) return new Destination.Over(flow);
        var address = new Endpoint(flow.remote().host(), port);
        return new Destination.To(new Target(flow.transport(), address, address.host()));
    }

    private Draft response(Reply reply) {
        var draft = Draft.response(reply.code(), reply.reason()).with(reply.headers());
        var copied =
                draft.fill(vias())
                        .fill(Copies.lines(request, HeaderName.FROM))
                        .fill(to(reply.code()))
                        .fill(Copies.lines(request, HeaderName.CALL_ID))
                        .fill(Copies.lines(request, HeaderName.CSEQ));
        return copied.body(reply.body());
    }

    private List<Line> to(int code) {
        var value = Copies.value(request, HeaderName.TO);
        var tagged = code == 100 || !Copies.toTag(request).isEmpty();
        return List.of(new Line("To", tagged ? value : value + ";tag=" + tag));
    }

    /// All of them as they came; the first says where the request came from.
    private List<Line> vias() {
        var lines = new java.util.ArrayList<>(Copies.lines(request, HeaderName.VIA));
        if (!lines.isEmpty()) lines.set(0, new Line("Via", received(lines.getFirst().value())));
        return lines;
    }

    private String received(String value) {
        var via = request.first(Via.KIND).optional();
        if (via.isEmpty()) return value;
        var comma = firstEnd(value);
        var top = value.substring(0, comma);
        var remote = flow.remote();
        var rport = via.get().params().get("rport");
        if (rport.isPresent() && !rport.get().hasValue())
            top = RPORT.matcher(top).replaceFirst(";rport=" + remote.port());
        if (rport.isPresent() || !via.get().host().equals(remote.hostPart()))
            if (!via.get().params().has("received")) top += ";received=" + remote.host();
        return top + value.substring(comma);
    }

    private static final java.util.regex.Pattern RPORT =
            java.util.regex.Pattern.compile(
                    ";\\s*rport\\s*(?==|;|$)", java.util.regex.Pattern.CASE_INSENSITIVE);

    /// Where the first of several values ends; a Via holds no quotes but in parameters nobody
    /// defines.
    private static int firstEnd(String value) {
        var comma = value.indexOf(',');
        return comma < 0 ? value.length() : comma;
    }
}
