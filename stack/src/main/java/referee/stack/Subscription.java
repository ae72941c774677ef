// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.sip.Event;
import referee.sip.Expires;
import referee.sip.MinExpires;
import referee.sip.OptionTag;
import referee.sip.ReferSub;
import referee.sip.SipMessage;
import referee.sip.Sipfrag;
import referee.sip.SubscriptionState;

/// A subscription of ours: made by SUBSCRIBE, or by REFER without being asked for (RFC 6665 §4.1,
/// RFC 3515 §2.4).
///
/// Of a REFER, any 2xx means that it was accepted and no more. The outcome is what the
/// notifications say last, or unknown.
final class Subscription implements Usage {
    private static final Duration LONGEST = Duration.ofDays(365);

    /// How long a notifier that names no end is waited for: longer than a phone may ring (timer C,
    /// RFC 3261 §16.6).
    private static final Duration UNNAMED = Duration.ofMinutes(5);

    private final Floor floor;
    private final Job job;
    private final boolean refer;
    private final String eventName;
    private final String eventValue;
    private final CSeqs cseqs;
    private final Set<Long> ids = new HashSet<>();
    private Duration expires;
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<Exchange> request = Optional.empty();
    private Optional<Sipfrag> last = Optional.empty();
    private Optional<Agenda.Alarm> silence = Optional.empty();
    private Optional<Agenda.Alarm> ending = Optional.empty();
    private Optional<Agenda.Alarm> refresh = Optional.empty();
    private boolean longerAsked;
    private boolean notified;
    private boolean told;
    private boolean over;

    private Subscription(
            Floor floor, Job job, boolean refer, String eventValue, Duration expires, CSeqs cseqs) {
        this.floor = floor;
        this.job = job;
        this.refer = refer;
        this.eventValue = eventValue;
        this.eventName = eventValue.split(";", 2)[0].trim();
        this.expires = expires;
        this.cseqs = cseqs;
    }

    static Subscription ofRefer(Floor floor, Job job, Optional<Dialog> in) {
        var cseqs = in.map(Dialog::cseqs).orElseGet(() -> new CSeqs(1));
        var made = new Subscription(floor, job, true, "refer", Duration.ZERO, cseqs);
        in.ifPresent(made::join);
        return made;
    }

    static Subscription ofSubscribe(Floor floor, Job job, Subscribing what) {
        return new Subscription(floor, job, false, what.event(), what.expires(), new CSeqs(1));
    }

    @Override
    public Job job() {
        return job;
    }

    boolean isOver() {
        return over;
    }

    Optional<Dialog> dialog() {
        return dialog;
    }

    private void join(Dialog in) {
        dialog = Optional.of(in);
        in.subscriptions().add(this);
    }

    /// Sends the REFER, in its dialog or outside of any.
    void refer(Instant at, Draft draft) {
        var symmetric = floor.desk().setup.isSymmetric();
        var way = dialog.map(one -> one.way(draft, symmetric)).orElseGet(() -> Way.of(draft));
        var made = new Exchange(floor, job, draft, cseqs, way, Optional.of(""), new Referring());
        request = Optional.of(made);
        if (dialog.isEmpty()) expect(draft);
        made.start(at);
    }

    /// Sends the SUBSCRIBE that begins it.
    void subscribe(Instant at, Draft draft) {
        var whole = draft.set("Expires", expires.toSeconds());
        var made =
                new Exchange(
                        floor, job, whole, cseqs, Way.of(whole), Optional.of(""), new First(draft));
        request = Optional.of(made);
        expect(draft);
        made.start(at);
    }

    private void expect(Draft draft) {
        var from = draft.value("From").orElse("");
        var tag = from.substring(from.indexOf(";tag=") + 5);
        floor.expect(draft.value("Call-ID").orElse(""), tag, this);
    }

    /// Refreshes it, or ends it with zero. Of a REFER too: another REFER would transfer again (RFC
    /// 3515 §2.4.6).
    void resubscribe(Instant at, Duration wanted) {
        if (dialog.isEmpty()) return;
        refresh.ifPresent(floor.desk().agenda::cancel);
        var draft =
                dialog.get()
                        .request("SUBSCRIBE", floor.desk().setup.product())
                        .with("Event", eventOut())
                        .with("Expires", wanted.toSeconds());
        var way = dialog.get().way(draft, floor.desk().setup.isSymmetric());
        new Exchange(floor, job, draft, cseqs, way, Optional.of(""), new Again(wanted)).start(at);
    }

    private String eventOut() {
        return refer ? "refer;id=" + request.map(Exchange::number).orElse(0L) : eventValue;
    }

    /// Whether a NOTIFY says this event, and an id that a REFER of this transfer had, or none.
    boolean matches(SipMessage notify) {
        var said = notify.first(Event.KIND).optional();
        if (said.isEmpty() || !said.get().name().equalsIgnoreCase(eventName)) return false;
        if (!refer) return true;
        request.ifPresent(one -> ids.add(one.number()));
        var id = said.get().id();
        return id.isEmpty() || ids.stream().anyMatch(number -> id.get().equals(number + ""));
    }

    /// Whether the NOTIFY names this very one.
    boolean isNamedBy(SipMessage notify) {
        return matches(notify)
                && notify.first(Event.KIND).optional().flatMap(Event::id).isPresent();
    }

    /// A NOTIFY that came before the 2xx makes the dialog (RFC 6665 §4.4.1).
    void adopt(ServerTransaction in) {
        if (dialog.isPresent()) return;
        var made = Dialog.ofServer(in.request(), in.tag(), cseqs, in.flow());
        if (!floor.add(made)) return;
        join(made);
    }

    void notified(Instant at, ServerTransaction in) {
        var notify = in.request();
        in.reply(at, Answers.complete(floor, in, Reply.of(200), List.of()));
        dialog.ifPresent(one -> one.refreshTarget(notify));
        floor.desk().tell(new referee.stack.Event.Notified(job, notify, told || over));
        notified = true;
        silence.ifPresent(floor.desk().agenda::cancel);
        if (refer) heard(notify);
        var state = notify.first(SubscriptionState.KIND).optional();
        if (state.isPresent() && state.get().isTerminated())
            terminated(at, state.get().reason().orElse("no reason"));
        else if (!over) wait(at, state.flatMap(SubscriptionState::expires));
    }

    /// The first final status is the outcome.
    private void heard(SipMessage notify) {
        var said = Sipfrag.read(notify.body()).optional();
        if (said.isEmpty()) return;
        last = said;
        var code = said.get().code();
        if (code >= 300) outcome(new Outcome.Failed(code, said.get().reason()));
        else if (code >= 200) outcome(new Outcome.Succeeded(code));
    }

    private void outcome(Outcome outcome) {
        if (told) return;
        told = true;
        floor.desk().tell(new referee.stack.Event.TransferOutcome(job, outcome));
    }

    private void unknown(String why) {
        var so = last.map(said -> "; the last status was " + said.code()).orElse("");
        outcome(new Outcome.Unknown(why + so));
    }

    private void terminated(Instant at, String reason) {
        if (over) return;
        if (refer) unknown("the subscription ended (" + reason + ") without a final status");
        end(at, reason);
    }

    /// Waits as long as the notifier says.
    private void wait(Instant at, Optional<Long> seconds) {
        var left =
                seconds.map(one -> Duration.ofSeconds(Math.min(one, LONGEST.toSeconds())))
                        .orElse(UNNAMED);
        ending.ifPresent(floor.desk().agenda::cancel);
        ending = Optional.of(floor.desk().agenda.at(at.plus(left), this::expired));
    }

    private void expired(Instant at) {
        if (over) return;
        if (refer) unknown("the subscription expired without a final status");
        end(at, "expired");
    }

    private void end(Instant at, String reason) {
        if (over) return;
        floor.desk().tell(new referee.stack.Event.SubscriptionEnded(job, reason));
        leave(at);
    }

    /// Its dialog still knows it, so that what comes late is answered as its own.
    private void leave(Instant at) {
        over = true;
        silence.ifPresent(floor.desk().agenda::cancel);
        ending.ifPresent(floor.desk().agenda::cancel);
        refresh.ifPresent(floor.desk().agenda::cancel);
        floor.close(this);
        dialog.ifPresent(one -> floor.release(at, one));
        request.flatMap(Exchange::request)
                .ifPresent(sent -> floor.expectNoMore(Copies.callId(sent), Copies.fromTag(sent)));
    }

    private void failed(Instant at, Failure why) {
        if (over) return;
        told = true;
        floor.desk().tell(new referee.stack.Event.Failed(job, why));
        leave(at);
    }

    private void dialogBy(Exchange of, SipMessage response, Flow flow) {
        if (dialog.isPresent()) return;
        var made = Dialog.ofClient(of.request().orElseThrow(), response, cseqs, flow);
        if (floor.add(made)) join(made);
    }

    /// Timer N (RFC 6665 §4.1.2.4).
    private void waitForNotify(Instant at) {
        if (notified || over) return;
        var limit = floor.desk().setup.timers().times64();
        silence = Optional.of(floor.desk().agenda.at(at.plus(limit), late -> silent(late, limit)));
    }

    /// The dialog and the usage stay for a while: whoever notifies late is still answered 200.
    private void silent(Instant at, Duration limit) {
        var why = "no NOTIFY within " + limit.toSeconds() + " s";
        if (refer) {
            outcome(new Outcome.Unknown(why));
            wait(at, Optional.empty());
        } else {
            end(at, why);
        }
    }

    private final class Referring implements Exchange.User {
        @Override
        public void provisional(Instant at, Exchange of, SipMessage response, Flow flow) {
            floor.desk().tell(new referee.stack.Event.Progress(job, response));
        }

        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            ids.add(of.number());
            floor.desk().tell(new referee.stack.Event.ReferAccepted(job, response, of.number()));
            dialogBy(of, response, flow);
            var silent = response.first(ReferSub.KIND).optional().filter(one -> !one.wanted());
            var none = of.request().filter(sent -> Options.lists(sent, OptionTag.REQUIRE, "nosub"));
            if ((silent.isPresent() || none.isPresent()) && !notified) {
                outcome(new Outcome.Unknown("the recipient agreed to send no NOTIFY"));
                leave(at);
            } else {
                waitForNotify(at);
            }
        }

        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            Subscription.this.failed(at, why);
        }
    }

    private final class First implements Exchange.User {
        private final Draft draft;

        First(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            dialogBy(of, response, flow);
            granted(at, response, expires);
            waitForNotify(at);
        }

        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            if (why instanceof Failure.Rejected(var response) && askLonger(response))
                subscribe(at, draft);
            else Subscription.this.failed(at, why);
        }
    }

    /// Once, as for REGISTER (RFC 6665 §4.2.1.1).
    private boolean askLonger(SipMessage response) {
        var least = response.first(MinExpires.KIND).optional().map(MinExpires::seconds).orElse(0L);
        if (response.code() != 423 || longerAsked || least <= expires.toSeconds()) return false;
        longerAsked = true;
        expires = Duration.ofSeconds(Math.min(least, LONGEST.toSeconds()));
        return true;
    }

    private void granted(Instant at, SipMessage response, Duration asked) {
        var seconds =
                response.first(Expires.KIND)
                        .optional()
                        .map(Expires::seconds)
                        .orElse(asked.toSeconds());
        var granted = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        floor.desk().tell(new referee.stack.Event.Subscribed(job, granted));
        if (over || granted.isZero()) return;
        wait(at, Optional.of(granted.toSeconds()));
        if (!refer)
            refresh =
                    Optional.of(
                            floor.desk()
                                    .agenda
                                    .at(
                                            at.plus(granted.multipliedBy(4).dividedBy(5)),
                                            now -> resubscribe(now, expires)));
    }

    private final class Again implements Exchange.User {
        private final Duration wanted;

        Again(Duration wanted) {
            this.wanted = wanted;
        }

        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            granted(at, response, wanted);
            if (!wanted.isZero() || over) return;
            notified = false;
            waitForNotify(at);
        }

        /// Most failures leave it as it is until it expires (RFC 6665 §4.1.2.2).
        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            floor.desk().tell(new referee.stack.Event.RefreshFailed(job, why));
            if (why instanceof Failure.Rejected(var response) && endsUsage(response.code())) {
                if (refer) unknown("the subscription is gone: " + response.code());
                end(at, "refused " + response.code());
            }
        }
    }

    static boolean endsUsage(int code) {
        return switch (code) {
            case 404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604 -> true;
            default -> false;
        };
    }
}
