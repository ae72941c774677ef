// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.sip.Methods;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// What changes a running call: re-INVITE and UPDATE, ours and the peer's (RFC 3261 §14, RFC 3311,
/// RFC 4028).
final class Renewal {
    private static final int REQUEST_TERMINATED = 487;

    private final Call call;
    private final Floor floor;
    private Optional<Exchange> sent = Optional.empty();
    private Optional<Agenda.Alarm> retry = Optional.empty();

    /// An offer of the peer that the application is to answer.
    private Optional<ServerTransaction> offered = Optional.empty();

    Renewal(Call call) {
        this.call = call;
        this.floor = call.floor();
    }

    /// Offers anew, held or not; nothing happens while another offer is open.
    void hold(Instant at, boolean held) {
        if (!isFree()) return;
        call.media().hold(held);
        reinvite(at);
    }

    void update(Instant at) {
        if (isFree()) send(at, request(Methods.UPDATE), new Ours());
    }

    /// UPDATE where the other side knows it, so that no session description is needed (RFC 4028
    /// §7.4).
    void refresh(Instant at) {
        if (call.peerUpdates()) update(at);
        else reinvite(at);
    }

    private void reinvite(Instant at) {
        retry = Optional.empty();
        if (!isFree()) return;
        var draft = request(Methods.INVITE);
        send(at, draft.body("application/sdp", call.media().offer()), new Ours());
    }

    /// Offers what the application describes.
    ///
    /// @param update whether with UPDATE, if the other side knows it
    void offer(Instant at, Slice sdp, boolean update) {
        if (!isFree() || offered.isPresent()) {
            var why = "another offer is open, or the call does not stand";
            var error = new TransportError(TransportError.Kind.OTHER, why);
            floor.desk().tell(new Event.RefreshFailed(call.job(), new Failure.Unreachable(error)));
            return;
        }
        call.media().said(sdp);
        var draft = request(update && call.peerUpdates() ? Methods.UPDATE : Methods.INVITE);
        send(at, draft.body("application/sdp", sdp), new Relayed());
    }

    private boolean isFree() {
        return call.phase() == Call.Phase.CONFIRMED && !isRefreshing();
    }

    private boolean isRefreshing() {
        return sent.filter(Exchange::isPending).isPresent();
    }

    private Draft request(String method) {
        return call.dialog().orElseThrow().request(method, call.product());
    }

    private void send(Instant at, Draft draft, Exchange.User user) {
        var whole = draft.with(Answers.abilities(floor)).with(call.sessionExpires());
        var made = call.request(call.dialog().orElseThrow(), whole, Optional.of(""), user);
        sent = Optional.of(made);
        made.start(at);
    }

    /// A re-INVITE of the peer. Our own is open: 491; another of theirs is: 500 (RFC 3261 §14.2).
    void invited(Instant at, ServerTransaction in) {
        if (isRefreshing()) {
            call.answer(at, in, Reply.of(491), List.of());
        } else if (call.phase() != Call.Phase.CONFIRMED || offered.isPresent()) {
            call.answer(at, in, later(), List.of());
        } else if (call.media().isRelayed()) {
            handOver(in);
        } else {
            call.heard(in.request());
            take(at, in, Reply.of(200));
        }
    }

    private Reply later() {
        return Reply.of(500).with("Retry-After", floor.desk().tokens.below(11));
    }

    private void handOver(ServerTransaction in) {
        call.heard(in.request());
        offered = Optional.of(in);
        floor.desk().tell(new Event.Offered(call.job(), in.request()));
    }

    private void take(Instant at, ServerTransaction in, Reply reply) {
        described(in)
                .ifPresentOrElse(
                        sdp -> call.accept(at, in, reply, sdp),
                        () -> call.answer(at, in, Reply.of(488), List.of()));
    }

    /// An UPDATE of the peer (RFC 3311 §5.2).
    void updated(Instant at, ServerTransaction in) {
        var offers = !in.request().body().isEmpty();
        if (offers && isRefreshing()) {
            call.answer(at, in, Reply.of(491), List.of());
            return;
        }
        var relayed = offers && call.media().isRelayed();
        if (offers && offered.isPresent() || relayed && call.phase() != Call.Phase.CONFIRMED) {
            call.answer(at, in, later(), List.of());
            return;
        }
        if (relayed) {
            handOver(in);
            return;
        }
        call.heard(in.request());
        var sdp = offers ? described(in) : Optional.of(Slice.EMPTY);
        if (sdp.isPresent()) agreed(at, in, Call.withSdp(Reply.of(200), sdp.get()));
        else call.answer(at, in, Reply.of(488), List.of());
    }

    private void agreed(Instant at, ServerTransaction in, Reply reply) {
        call.answer(at, in, reply, Call.agreed(in.request()));
        in.last().ifPresent(said -> call.startTimer(at, said, false));
    }

    /// What our 2xx describes: the answer to an offer, or an offer where there is none. Tells where
    /// the session changes.
    ///
    /// @return empty if nothing fits
    private Optional<Slice> described(ServerTransaction in) {
        var offer = Sdp.of(in.request());
        if (offer.isAbsent()) return Optional.of(call.media().offer());
        var answer = offer.optional().flatMap(call.media()::answer);
        if (answer.isPresent())
            floor.desk().tell(new Event.MediaChanged(call.job(), call.media().isHeldByPeer()));
        return answer;
    }

    /// Answers the offer that has been handed to the application.
    ///
    /// @return false if there is none
    boolean reply(Instant at, Reply reply) {
        if (offered.isEmpty()) return false;
        var in = offered.get();
        if (reply.code() < 200) {
            call.answer(at, in, reply, List.of());
            return true;
        }
        offered = Optional.empty();
        if (reply.code() >= 300) {
            call.answer(at, in, reply, List.of());
        } else if (in.request().method().equals(Methods.UPDATE)) {
            call.media().said(reply.body());
            agreed(at, in, reply);
        } else if (reply.body().isEmpty()) {
            take(at, in, reply);
        } else {
            call.media().said(reply.body());
            call.accept(at, in, reply, Slice.EMPTY);
        }
        return true;
    }

    /// The call is over; what still waits is told so (RFC 3261 §15.1.2).
    void stop(Instant at) {
        retry.ifPresent(floor.desk().agenda::cancel);
        reply(at, Reply.of(REQUEST_TERMINATED));
    }

    /// A re-INVITE or UPDATE of ours.
    private class Ours implements Exchange.User {
        private boolean done;

        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            var request = of.request().orElseThrow();
            var isInvite = request.method().equals(Methods.INVITE);
            if (isInvite && call.acks().repeat(response)) return;
            call.dialog().ifPresent(one -> one.refreshTarget(response));
            call.heard(response);
            if (isInvite)
                call.dialog()
                        .ifPresent(
                                one -> call.acks().send(at, one, request, response, Slice.EMPTY));
            if (done || call.phase() != Call.Phase.CONFIRMED) return;
            done = true;
            Sdp.of(response).optional().ifPresent(call.media()::heard);
            call.startTimer(at, response, true);
            agreed(response, isInvite);
        }

        void agreed(SipMessage response, boolean isInvite) {
            if (isInvite)
                floor.desk().tell(new Event.MediaChanged(call.job(), call.media().isHeldByPeer()));
        }

        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            if (call.phase() != Call.Phase.CONFIRMED) return;
            if (isGlare(why)) {
                var again = at.plus(glare());
                retry = Optional.of(floor.desk().agenda.at(again, Renewal.this::reinvite));
            } else if (Options.endsDialog(why)) {
                call.bye(at, Ending.DIALOG_LOST);
            } else {
                floor.desk().tell(new Event.RefreshFailed(call.job(), why));
            }
        }

        boolean isGlare(Failure why) {
            return why instanceof Failure.Rejected(var response) && response.code() == 491;
        }
    }

    /// An offer of the application. At glare it is hers to try again.
    private final class Relayed extends Ours {
        @Override
        void agreed(SipMessage response, boolean isInvite) {
            floor.desk().tell(new Event.OfferAnswered(call.job(), response));
        }

        @Override
        boolean isGlare(Failure why) {
            return false;
        }
    }

    /// Whoever made the Call-ID waits longer (RFC 3261 §14.1).
    private Duration glare() {
        var tokens = floor.desk().tokens;
        var units = call.isCaller() ? 210 + tokens.below(191) : tokens.below(201);
        return Duration.ofMillis(10L * units);
    }
}
