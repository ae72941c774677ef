// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import referee.sip.Slice;

/// A SIP user agent without I/O: client and server of registrations, calls, subscriptions and
/// transfers.
///
/// One thread owns it. What is to be done is returned and has to be done in order; nothing else
/// happens. Commands for a job that is over, or that does not fit it, do nothing.
public final class UserAgent {
    private final Desk desk;
    private final Floor floor;
    private final Incoming incoming;

    /// @param random where branches, tags, Call-IDs and nonces come from; a seeded one repeats a
    ///   run
    public UserAgent(Setup setup, RandomGenerator random) {
        this.desk = new Desk(setup, new Tokens(random));
        this.floor = new Floor(desk);
        this.incoming = new Incoming(floor);
    }

    public List<Output> receive(Received received) {
        incoming.receive(received);
        return desk.takeOutputs();
    }

    /// Time has come to this point.
    public List<Output> tick(Instant at) {
        desk.agenda.advanceTo(at);
        return desk.takeOutputs();
    }

    /// When [#tick] is due; empty while only others can make something happen.
    public Optional<Instant> wakeAt() {
        return desk.agenda.next();
    }

    /// The answer to an [Output.Lookup].
    ///
    /// @param targets best first; none if there is no such name
    public List<Output> resolved(Instant at, long lookup, List<Target> targets) {
        floor.resolved(at, lookup, targets);
        return desk.takeOutputs();
    }

    /// An [Output.Send] could not be carried out.
    public List<Output> failed(Instant at, long send, TransportError error) {
        desk.failed(at, send, error);
        return desk.takeOutputs();
    }

    /// A connection is gone, or ICMP has said that nobody is there. Requests that wait for an
    /// answer over it have failed.
    public List<Output> lost(Instant at, Flow flow, TransportError error) {
        floor.transactions().lost(at, flow, error);
        return desk.takeOutputs();
    }

    /// Registers, and refreshes until [#unregister]. Each refresh tells [Event.Registered] again.
    public Started register(Instant at, Registering what) {
        var made = floor.open(new Registration(floor, desk.newJob(), what));
        made.register(at);
        return started(made);
    }

    public List<Output> unregister(Instant at, Job registration) {
        floor.usage(registration, Registration.class).ifPresent(one -> one.leave(at));
        return desk.takeOutputs();
    }

    /// Sends a request outside any dialog, such as OPTIONS.
    ///
    /// @param draft method, URI, and what it is to say besides From, To, Call-ID, CSeq, Via,
    ///   Max-Forwards and Contact; one of these given stands as it is
    public Started request(Instant at, Draft draft) {
        var made = floor.open(new Single(floor, desk.newJob()));
        var whole = floor.outside(draft, desk.tokens.callId(), desk.tokens.tag());
        new Exchange(floor, made.job(), whole, new CSeqs(1), Way.of(whole), Optional.of(""), made)
                .start(at);
        return started(made);
    }

    public Started call(Instant at, Calling what) {
        var made = floor.open(Call.outgoing(floor, desk.newJob()));
        made.place(at, what);
        return started(made);
    }

    /// Ends a call whichever way fits: CANCEL, BYE, or 603.
    public List<Output> hangUp(Instant at, Job call) {
        floor.usage(call, Call.class).ifPresent(one -> one.hangUp(at));
        return desk.takeOutputs();
    }

    /// Offers anew in a standing call: `sendonly` if it is to be held (RFC 3264 §8.4).
    public List<Output> hold(Instant at, Job call, boolean held) {
        floor.usage(call, Call.class).ifPresent(one -> one.hold(at, held));
        return desk.takeOutputs();
    }

    /// Refreshes a standing call with UPDATE (RFC 3311).
    public List<Output> update(Instant at, Job call) {
        floor.usage(call, Call.class).ifPresent(one -> one.update(at));
        return desk.takeOutputs();
    }

    /// Leaves it to the application how the session of a call is described, as a back-to-back user
    /// agent does that joins it to another: a re-INVITE, or an UPDATE that offers, is told as
    /// [Event.Offered] and waits for [#reply]. A session timer repeats the last description.
    public List<Output> relay(Job call) {
        floor.usage(call, Call.class).ifPresent(Call::relay);
        return desk.takeOutputs();
    }

    /// Offers a description in a standing call. Ends with [Event.OfferAnswered] or
    /// [Event.RefreshFailed], the latter at once while another offer is open.
    ///
    /// @param update whether with UPDATE (RFC 3311) instead of INVITE, if the other side knows it
    public List<Output> offer(Instant at, Job call, Slice sdp, boolean update) {
        floor.usage(call, Call.class).ifPresent(one -> one.offer(at, sdp, update));
        return desk.takeOutputs();
    }

    /// Sends a request in the dialog of a call, such as OPTIONS or INFO.
    ///
    /// @param draft its method, headers and body; the Request-URI is the dialog's
    public Started inDialog(Instant at, Job call, Draft draft) {
        var made = floor.open(new Single(floor, desk.newJob()));
        var dialog = floor.usage(call, Call.class).flatMap(Call::dialog);
        if (dialog.isEmpty()) return refused(made, "the call has no dialog");
        var whole =
                dialog.get()
                        .request(draft.method(), desk.setup.product())
                        .with(draft.lines())
                        .body(draft.body());
        exchange(made, dialog.get(), whole).start(at);
        return started(made);
    }

    private Exchange exchange(Single made, Dialog dialog, Draft draft) {
        var way = dialog.way(draft, desk.setup.isSymmetric());
        return new Exchange(floor, made.job(), draft, dialog.cseqs(), way, Optional.of(""), made);
    }

    private Started refused(Usage made, String why) {
        var error = new TransportError(TransportError.Kind.OTHER, why);
        desk.tell(new Event.Failed(made.job(), new Failure.Unreachable(error)));
        floor.close(made);
        return started(made);
    }

    /// Asks the other side of a call to call somebody else: REFER in its dialog (RFC 5589), or
    /// beside it with Target-Dialog where the Contact is a GRUU (RFC 7647 §4).
    public Started transfer(Instant at, Job call, Transferring what) {
        var dialog = floor.usage(call, Call.class).flatMap(Call::dialog);
        if (dialog.filter(Dialog::isToGruu).isPresent())
            return refer(at, aside(dialog.get()), what);
        var made = floor.open(Subscription.ofRefer(floor, desk.newJob(), dialog));
        if (dialog.isEmpty()) return refused(made, "the call has no dialog");
        var nosub = floor.usage(call, Call.class).filter(Call::peerKnowsNosub).isPresent();
        var draft = dialog.get().request("REFER", desk.setup.product());
        made.refer(at, Transfers.refer(draft, what, consultation(what), nosub, floor));
        return started(made);
    }

    private static Draft aside(Dialog dialog) {
        return Draft.request("REFER", dialog.target())
                .with("Target-Dialog", Transfers.targetDialog(dialog))
                .with("Require", "tdialog");
    }

    /// The same outside any dialog.
    ///
    /// @param draft the method REFER, the URI, and headers such as Target-Dialog
    public Started refer(Instant at, Draft draft, Transferring what) {
        var made = floor.open(Subscription.ofRefer(floor, desk.newJob(), Optional.empty()));
        var whole = floor.outside(draft, desk.tokens.callId(), desk.tokens.tag());
        made.refer(at, Transfers.refer(whole, what, consultation(what), false, floor));
        return started(made);
    }

    private Optional<Dialog> consultation(Transferring what) {
        return what.replaces().flatMap(job -> floor.usage(job, Call.class)).flatMap(Call::dialog);
    }

    /// Subscribes, and refreshes until the notifier ends it or [#resubscribe] with zero does.
    public Started subscribe(Instant at, Subscribing what) {
        var made = floor.open(Subscription.ofSubscribe(floor, desk.newJob(), what));
        var asked =
                Draft.request("SUBSCRIBE", what.uri())
                        .with(what.headers())
                        .fill(List.of(new Line("Event", what.event())))
                        .fill(List.of(new Line("Allow-Events", what.event())));
        made.subscribe(at, floor.outside(asked, desk.tokens.callId(), desk.tokens.tag()));
        return started(made);
    }

    /// Refreshes a subscription, that of a transfer too; zero ends it. The answer is told as
    /// [Event.Subscribed] or [Event.RefreshFailed], so this also asks whether it is alive.
    public List<Output> resubscribe(Instant at, Job subscription, Duration expires) {
        floor.usage(subscription, Subscription.class)
                .ifPresent(one -> one.resubscribe(at, expires));
        return desk.takeOutputs();
    }

    /// Answers what has been told by [Event.Invited], [Event.Offered], [Event.Asked] or
    /// [Event.Referred]. An INVITE's 2xx is given a session description unless it has a body.
    public List<Output> reply(Instant at, Job job, Reply reply) {
        floor.usage(job, Call.class).ifPresent(one -> one.reply(at, reply));
        floor.usage(job, Question.class).ifPresent(one -> one.reply(at, reply));
        floor.usage(job, Notifier.class).ifPresent(one -> one.reply(at, reply));
        return desk.takeOutputs();
    }

    /// Says how it stands: NOTIFY for a REFER or SUBSCRIBE, also before its answer.
    public List<Output> notify(Instant at, Job job, Notice notice) {
        floor.usage(job, Notifier.class).ifPresent(one -> one.notify(at, notice));
        return desk.takeOutputs();
    }

    /// Does what a REFER asks for, as it should be done: accepts it, tells 100, places the call and
    /// tells how it fares.
    ///
    /// @return the job of the call; nothing begins if the REFER names no SIP URI: 603 is told
    public Started follow(Instant at, Job referral) {
        return follow(at, referral, calling -> calling);
    }

    /// The same, calling as the application wants.
    ///
    /// @param how changes the call that the REFER asks for
    public Started follow(Instant at, Job referral, UnaryOperator<Calling> how) {
        var call = floor.open(Call.outgoing(floor, desk.newJob()));
        var notifier = floor.usage(referral, Notifier.class);
        if (notifier.isEmpty()) return refused(call, "no such REFER");
        notifier.get().reply(at, acceptance(notifier.get()));
        notifier.get().progress(at, 100, "Trying");
        var calling = Transfers.referred(notifier.get().request());
        if (calling.isEmpty()) {
            notifier.get().progress(at, 603, "Decline");
            return refused(call, "Refer-To is no SIP URI");
        }
        call.reportTo(notifier.get());
        call.place(at, how.apply(calling.get()));
        return started(call);
    }

    /// 200, never 202 (RFC 7647 §5); without notifications if they are not wanted (RFC 4488 §4).
    private static Reply acceptance(Notifier notifier) {
        var quiet =
                notifier.request()
                        .first(referee.sip.ReferSub.KIND)
                        .optional()
                        .filter(one -> !one.wanted());
        var reply = Reply.of(200);
        return quiet.isPresent() ? reply.with("Refer-Sub", "false") : reply;
    }

    /// How much is open: transactions, dialogs, jobs and lookups. Zero a while after the last.
    public int open() {
        return floor.open();
    }

    private Started started(Usage made) {
        return new Started(made.job(), desk.takeOutputs());
    }
}
