// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.Allow;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.Sdp;
import referee.sip.SessionExpires;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// A call: the INVITE usage of a dialog, from either side (RFC 3261 §13 to §15).
///
/// How it begins is the part of [OutgoingInvite] or [IncomingInvite]. From the 2xx on both sides
/// are the same.
final class Call implements Usage {
    static final String ALLOW =
            "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, SUBSCRIBE, MESSAGE";

    enum Phase {
        /// No 2xx yet.
        EARLY,
        /// Our 2xx waits for its ACK.
        ANSWERED,
        CONFIRMED,
        OVER
    }

    private final Floor floor;
    private final Job job;
    private final OfferAnswer media;
    private final AckSender acks;
    private final Renewal renewal;
    private final SessionTimer timer;
    private final boolean caller;
    private Phase phase = Phase.EARLY;
    private final List<Dialog> dialogs = new ArrayList<>();
    private Optional<Dialog> dialog = Optional.empty();
    private @Nullable OutgoingInvite outgoing;
    private @Nullable IncomingInvite incoming;
    private @Nullable Answering answering;
    private Optional<Notifier> referral = Optional.empty();
    private boolean peerUpdates;
    private boolean peerKnowsNosub;
    private boolean hangUpWanted;

    private Call(Floor floor, Job job, boolean caller) {
        this.floor = floor;
        this.job = job;
        this.caller = caller;
        var setup = floor.desk().setup;
        this.media = new OfferAnswer(setup.audio(), 1L + floor.desk().tokens.below(1 << 30));
        this.acks = new AckSender(floor);
        this.renewal = new Renewal(this);
        this.timer =
                new SessionTimer(
                        floor.desk().agenda,
                        renewal::refresh,
                        at -> hangUp(at, Ending.SESSION_EXPIRED));
    }

    static Call outgoing(Floor floor, Job job) {
        return new Call(floor, job, true);
    }

    static Call incoming(Floor floor, Job job) {
        return new Call(floor, job, false);
    }

    @Override
    public Job job() {
        return job;
    }

    Floor floor() {
        return floor;
    }

    OfferAnswer media() {
        return media;
    }

    AckSender acks() {
        return acks;
    }

    Phase phase() {
        return phase;
    }

    Optional<Dialog> dialog() {
        return dialog;
    }

    void place(Instant at, Calling what) {
        outgoing = new OutgoingInvite(this, what);
        outgoing.start(at);
    }

    void receive(Instant at, ServerTransaction invite, Dialog made) {
        heard(invite.request());
        incoming = new IncomingInvite(this, invite, made);
    }

    Optional<IncomingInvite> incoming() {
        return Optional.ofNullable(incoming);
    }

    boolean peerUpdates() {
        return peerUpdates;
    }

    boolean peerKnowsNosub() {
        return peerKnowsNosub;
    }

    boolean isCaller() {
        return caller;
    }

    /// Whoever waits for how this call fares, since it was placed for a REFER.
    void reportTo(Notifier notifier) {
        referral = Optional.of(notifier);
    }

    void report(Instant at, int code, String reason) {
        referral.ifPresent(one -> one.progress(at, code, reason));
    }

    /// Takes what the other side says it can.
    void heard(SipMessage message) {
        if (message.has(HeaderName.SUPPORTED))
            peerKnowsNosub = Options.lists(message, OptionTag.SUPPORTED, "nosub");
        if (message.has(HeaderName.ALLOW))
            peerUpdates =
                    message.values(Allow.KIND).stream()
                            .anyMatch(allow -> allow.method().equals(Methods.UPDATE));
    }

    /// Takes part in a dialog, early or not.
    ///
    /// @return false if there are too many dialogs
    boolean join(Dialog made) {
        if (!floor.add(made)) return false;
        made.call(Optional.of(this));
        dialogs.add(made);
        if (dialog.isEmpty()) dialog = Optional.of(made);
        return true;
    }

    /// The dialog of the first 2xx is the one that counts.
    void bind(Dialog made) {
        dialog = Optional.of(made);
    }

    void answered() {
        phase = Phase.ANSWERED;
    }

    /// From now on both sides are the same.
    ///
    /// @param agreed the 2xx of the INVITE
    void confirmed(Instant at, SipMessage agreed) {
        phase = Phase.CONFIRMED;
        startTimer(at, agreed, caller);
        if (hangUpWanted) hangUp(at, Ending.HUNG_UP);
    }

    void startTimer(Instant at, SipMessage agreed, boolean weAreUac) {
        timer.start(at, agreed.first(SessionExpires.KIND).optional(), weAreUac);
    }

    /// Answers the offer that has been handed over, or else the INVITE.
    void reply(Instant at, Reply reply) {
        if (!renewal.reply(at, reply) && incoming != null) incoming.reply(at, reply);
    }

    void hangUp(Instant at) {
        hangUp(at, Ending.HUNG_UP);
    }

    /// Cancels, refuses or ends it, as it stands.
    void hangUp(Instant at, Ending why) {
        switch (phase) {
            case EARLY -> {
                if (outgoing != null) outgoing.cancel(at);
                else reply(at, Reply.of(603));
            }
            case ANSWERED -> hangUpWanted = true;
            case CONFIRMED -> bye(at, why);
            case OVER -> {}
        }
    }

    /// @param why told as soon as the BYE is answered, or nobody has answered it
    void bye(Instant at, Ending why) {
        var over = dialog.orElseThrow();
        leave(at);
        sendBye(at, over, _ -> floor.desk().tell(new Event.CallEnded(job, why)));
    }

    void sendBye(Instant at, Dialog in, Agenda.Sleeper then) {
        request(in, in.request(Methods.BYE, product()), Optional.empty(), new Last(then)).start(at);
    }

    /// Ends it without a word to the other side.
    void end(Instant at, Ending why) {
        leave(at);
        floor.desk().tell(new Event.CallEnded(job, why));
    }

    void fail(Instant at, Failure why) {
        leave(at);
        floor.desk().tell(new Event.Failed(job, why));
    }

    private void leave(Instant at) {
        phase = Phase.OVER;
        timer.stop();
        renewal.stop(at);
        if (answering != null) answering.stop();
        if (incoming != null) incoming.stop();
        floor.close(this);
        for (var one : dialogs) {
            one.call(Optional.empty());
            floor.release(at, one);
        }
        dialogs.clear();
    }

    Exchange request(Dialog in, Draft draft, Optional<String> contactParams, Exchange.User user) {
        var way = in.way(draft, floor.desk().setup.isSymmetric());
        return new Exchange(floor, job, draft, in.cseqs(), way, contactParams, user);
    }

    String product() {
        return floor.desk().setup.product();
    }

    /// Offers anew, held or not; nothing happens while another offer is open.
    void hold(Instant at, boolean held) {
        renewal.hold(at, held);
    }

    void update(Instant at) {
        renewal.update(at);
    }

    /// From now on the application describes the session.
    void relay() {
        media.relay();
    }

    void offer(Instant at, Slice sdp, boolean update) {
        renewal.offer(at, sdp, update);
    }

    List<Line> sessionExpires() {
        return floor.desk()
                .setup
                .session()
                .map(one -> List.of(new Line("Session-Expires", "" + one.toSeconds())))
                .orElse(List.of());
    }

    /// A request of the peer in this call's dialog.
    void request(Instant at, ServerTransaction in) {
        switch (in.request().method()) {
            case Methods.INVITE -> renewal.invited(at, in);
            case Methods.UPDATE -> renewal.updated(at, in);
            case Methods.PRACK -> pracked(at, in);
            case Methods.BYE -> byed(at, in);
            case Methods.OPTIONS -> answer(at, in, Reply.of(200), Answers.abilities(floor));
            case Methods.INFO, Methods.MESSAGE -> answer(at, in, Reply.of(200));
            default -> answer(at, in, Reply.of(405));
        }
    }

    private void answer(Instant at, ServerTransaction in, Reply reply) {
        answer(at, in, reply, List.of());
    }

    void answer(Instant at, ServerTransaction in, Reply reply, List<Line> more) {
        in.reply(at, Answers.complete(floor, in, reply, more));
    }

    private void byed(Instant at, ServerTransaction in) {
        answer(at, in, Reply.of(200));
        if (incoming != null) incoming.terminated(at);
        end(at, Ending.BYE);
    }

    private void pracked(Instant at, ServerTransaction in) {
        var known = incoming != null && incoming.pracked(at, in.request());
        answer(at, in, Reply.of(known ? 200 : 481));
        if (known && incoming != null) incoming.goOn(at);
    }

    static Reply withSdp(Reply reply, Slice sdp) {
        if (sdp.isEmpty() || !reply.body().isEmpty()) return reply;
        var typed = reply.with("Content-Type", "application/sdp");
        return new Reply(typed.code(), typed.reason(), typed.headers(), sdp, typed.reliable());
    }

    /// Sends a 2xx to an INVITE, and repeats it until its ACK comes.
    void accept(Instant at, ServerTransaction in, Reply reply, Slice sdp) {
        var more = new ArrayList<>(Answers.abilities(floor));
        more.addAll(agreed(in.request()));
        answer(at, in, withSdp(reply, sdp), more);
        if (answering != null) answering.stop();
        answering = new Answering(this, at, in);
    }

    /// Session-Expires of our 2xx: as asked for, refreshed by the other side unless it wants us to
    /// (RFC 4028 §9).
    static List<Line> agreed(SipMessage request) {
        var asked = request.first(SessionExpires.KIND).optional();
        if (asked.isEmpty() || !Options.lists(request, OptionTag.SUPPORTED, "timer"))
            return List.of();
        var us = asked.get().refresher().filter(side -> side == SessionExpires.Refresher.UAS);
        var value = asked.get().seconds() + ";refresher=" + (us.isPresent() ? "uas" : "uac");
        return List.of(new Line("Session-Expires", value), new Line("Require", "timer"));
    }

    /// An ACK of a 2xx of ours.
    void acknowledged(Instant at, SipMessage ack) {
        if (answering != null && answering.isFor(ack)) answering.acknowledged(at, ack);
    }

    /// The ACK came. It holds the answer where our 2xx made the offer.
    void acknowledged(Instant at, SipMessage ack, SipMessage said) {
        Sdp.of(ack).optional().ifPresent(media::heard);
        answering = null;
        if (phase == Phase.ANSWERED) {
            floor.desk().tell(new Event.CallConfirmed(job));
            confirmed(at, said);
        } else if (phase == Phase.CONFIRMED) {
            startTimer(at, said, false);
        }
        if (media.isRelayed() && phase == Phase.CONFIRMED && !ack.body().isEmpty())
            floor.desk().tell(new Event.Described(job, ack.body()));
    }

    void neverAcknowledged(Instant at) {
        if (phase != Phase.OVER) bye(at, Ending.NO_ACK);
    }

    /// A BYE: whatever comes back, it is the end.
    private record Last(Agenda.Sleeper then) implements Exchange.User {
        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            then.wake(at);
        }

        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            then.wake(at);
        }
    }
}
