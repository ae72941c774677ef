// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// A request on its way to one destination: its octets, and where its table stands.
final class ClientTransaction {
    interface User {
        void response(Instant at, SipMessage response, Flow flow);

        void timedOut(Instant at);

        void unreachable(Instant at, TransportError error);
    }

    private final Desk desk;
    private final Transactions all;
    private final SipMessage request;
    private final Destination to;
    private final String branch;
    private final User user;
    private final Running<?, ClientInput> running;
    private Agenda.@Nullable Alarm alarm;
    private TransportError error = new TransportError(TransportError.Kind.OTHER, "");

    ClientTransaction(
            Desk desk,
            Transactions all,
            Instant at,
            SipMessage request,
            String branch,
            Destination to,
            User user) {
        this.desk = desk;
        this.all = all;
        this.request = request;
        this.branch = branch;
        this.to = to;
        this.user = user;
        var reliable = to.transport().isReliable();
        this.running =
                request.method().equals(Methods.INVITE)
                        ? new Running<>(new InviteClient(desk.setup.timers(), reliable), at)
                        : new Running<>(new NonInviteClient(desk.setup.timers(), reliable), at);
    }

    SipMessage request() {
        return request;
    }

    Destination to() {
        return to;
    }

    String branch() {
        return branch;
    }

    void start(Instant at) {
        act(at, running.first(), Optional.empty(), Optional.empty());
    }

    void response(Instant at, SipMessage response, Flow flow) {
        var input = new ClientInput.Response(response.code(), at);
        act(at, running.feed(input), Optional.of(response), Optional.of(flow));
    }

    void failed(Instant at, TransportError why) {
        error = why;
        act(at, running.feed(new ClientInput.SendFailed(at)), Optional.empty(), Optional.empty());
    }

    /// Ends it without a word, such as where a CANCEL was never followed by a final response (RFC
    /// 3261 §9.1).
    void abandon() {
        if (alarm != null) desk.agenda.cancel(alarm);
        all.remove(this);
    }

    private void tick(Instant at) {
        act(at, running.feed(new ClientInput.Tick(at)), Optional.empty(), Optional.empty());
    }

    /// The table is set straight first, since whoever is told may begin anything.
    private void act(
            Instant at, List<Act> acts, Optional<SipMessage> response, Optional<Flow> flow) {
        if (alarm != null) desk.agenda.cancel(alarm);
        alarm = running.wakeAt().map(when -> desk.agenda.at(when, this::tick)).orElse(null);
        if (running.isOver()) all.remove(this);
        for (var act : acts) {
            switch (act) {
                case SEND -> desk.send(to, request.bytes(), this::failed);
                case ACK -> {
                    var ack = Acks.ofFailure(request, response.orElseThrow());
                    desk.send(to, ack.bytes(), this::failed);
                }
                case PASS_UP -> user.response(at, response.orElseThrow(), flow.orElseThrow());
                case TIMED_OUT -> user.timedOut(at);
                case UNREACHABLE -> user.unreachable(at, error);
                case TRYING -> throw new IllegalStateException("a client sends no 100");
            }
        }
    }
}
