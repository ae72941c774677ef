// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.MinSE;
import referee.sip.OptionTag;
import referee.sip.RSeq;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// The first INVITE of a call of ours (RFC 3261 §13.2), with its early dialogs and their reliable
/// provisional responses (RFC 3262 §4).
final class OutgoingInvite implements Exchange.User {
    private static final int INTERVAL_TOO_SMALL = 422;
    private static final int REQUEST_TERMINATED = 487;
    private static final int MOST_FORKS = 64;

    private final Call call;
    private final Floor floor;
    private final Calling what;
    private final String callId;
    private final String tag;
    private final CSeqs cseqs = new CSeqs(1);
    private final Map<String, Dialog> forks = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private Optional<Exchange> exchange = Optional.empty();
    private long longerSession;
    private boolean offered;

    OutgoingInvite(Call call, Calling what) {
        this.call = call;
        this.floor = call.floor();
        this.what = what;
        this.callId = floor.desk().tokens.callId();
        this.tag = floor.desk().tokens.tag();
    }

    void start(Instant at) {
        var draft = floor.outside(invite(), callId, tag);
        var way = Way.of(draft);
        var made =
                new Exchange(
                        floor,
                        call.job(),
                        draft,
                        cseqs,
                        what.flow().map(way::first).orElse(way),
                        Optional.of(""),
                        this);
        exchange = Optional.of(made);
        made.start(at);
    }

    private Draft invite() {
        var draft = Draft.request("INVITE", what.uri()).with(what.headers());
        if (what.replaces().isPresent()) draft = draft.fill(replaces(what.replaces().get()));
        draft = draft.fill(Answers.abilities(floor)).fill(session());
        if (what.lateOffer()) return draft;
        offered = true;
        what.sdp().ifPresent(call.media()::said);
        return draft.body("application/sdp", what.sdp().orElseGet(call.media()::offer));
    }

    private List<Line> replaces(Job other) {
        return floor.usage(other, Call.class)
                .flatMap(Call::dialog)
                .map(dialog -> List.of(new Line("Replaces", Transfers.replaces(dialog))))
                .orElse(List.of());
    }

    private List<Line> session() {
        return longerSession == 0
                ? call.sessionExpires()
                : List.of(
                        new Line("Session-Expires", "" + longerSession),
                        new Line("Min-SE", "" + longerSession));
    }

    void cancel(Instant at) {
        exchange.ifPresent(one -> one.cancel(at));
    }

    @Override
    public void provisional(Instant at, Exchange of, SipMessage response, Flow flow) {
        if (call.phase() != Call.Phase.EARLY) return;
        floor.desk().tell(new Event.Progress(call.job(), response));
        if (response.code() > 100) call.report(at, response.code(), reason(response));
        if (response.code() == 100 || Copies.toTag(response).isEmpty()) return;
        fork(of, response, flow).ifPresent(dialog -> acknowledge(at, dialog, response));
    }

    private Optional<Dialog> fork(Exchange of, SipMessage response, Flow flow) {
        var known = forks.get(Copies.toTag(response));
        if (known != null) {
            known.refreshTarget(response);
            return Optional.of(known);
        }
        if (forks.size() >= MOST_FORKS) return Optional.empty();
        var made = Dialog.ofClient(of.request().orElseThrow(), response, cseqs, flow);
        if (!call.join(made)) return Optional.empty();
        forks.put(made.remoteTag(), made);
        return Optional.of(made);
    }

    /// Sends PRACK for the next reliable response of a fork; copies and gaps get none.
    private void acknowledge(Instant at, Dialog dialog, SipMessage response) {
        var rseq = response.first(RSeq.KIND).optional().map(RSeq::number);
        if (rseq.isEmpty() || !Options.lists(response, OptionTag.REQUIRE, "100rel")) return;
        var before = acknowledged.get(dialog.remoteTag());
        if (before != null && rseq.get() != before + 1) return;
        acknowledged.put(dialog.remoteTag(), rseq.get());
        var rack = rseq.get() + " " + Exchange.numberOf(response) + " INVITE";
        var draft = dialog.request("PRACK", call.product()).with("RAck", rack);
        var answer = answer(response);
        if (!answer.isEmpty()) draft = draft.body("application/sdp", answer);
        call.request(dialog, draft, Optional.empty(), new Pracked()).start(at);
    }

    /// What answers the offer of a response to an INVITE that had none.
    private Slice answer(SipMessage response) {
        var said = Sdp.of(response).optional();
        if (said.isEmpty()) return Slice.EMPTY;
        if (offered) {
            call.media().heard(said.get());
            return Slice.EMPTY;
        }
        offered = true;
        return call.media().answer(said.get()).orElse(Slice.EMPTY);
    }

    @Override
    public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
        if (call.acks().repeat(response)) return;
        var invite = of.request().orElseThrow();
        var dialog = fork(of, response, flow);
        if (dialog.isEmpty()) return;
        dialog.get().confirm(response);
        dialog.get().cameOver(flow);
        call.acks().send(at, dialog.get(), invite, response, answer(response));
        if (call.phase() != Call.Phase.EARLY) lateFork(at, dialog.get(), response);
        else answered(at, of, dialog.get(), response);
    }

    private void answered(Instant at, Exchange of, Dialog dialog, SipMessage response) {
        call.bind(dialog);
        call.heard(response);
        for (var other : forks.values()) {
            if (other != dialog) let(at, other);
        }
        if (of.isCancelled()) {
            call.confirmed(at, response);
            call.bye(at, Ending.CANCELLED);
            return;
        }
        floor.desk().tell(new Event.CallAnswered(call.job(), response));
        call.report(at, response.code(), reason(response));
        call.confirmed(at, response);
    }

    /// RFC 3261 §13.2.2.4: acknowledged and ended at once.
    private void lateFork(Instant at, Dialog dialog, SipMessage response) {
        floor.desk().tell(new Event.ForkAnswered(call.job(), response));
        call.sendBye(at, dialog, late -> let(late, dialog));
    }

    private void let(Instant at, Dialog dialog) {
        dialog.call(Optional.empty());
        floor.release(at, dialog);
    }

    @Override
    public void failed(Instant at, Exchange of, Failure why) {
        if (call.phase() != Call.Phase.EARLY) return;
        if (why instanceof Failure.Rejected(var response)) {
            if (response.code() == INTERVAL_TOO_SMALL && askLonger(response)) {
                start(at);
                return;
            }
            call.report(at, response.code(), reason(response));
        } else {
            call.report(at, code(why), Phrases.of(code(why)));
        }
        var cancelled =
                of.isCancelled()
                        && (why instanceof Failure.TimedOut
                                || why instanceof Failure.Rejected(var response)
                                        && response.code() == REQUEST_TERMINATED);
        if (cancelled) call.end(at, Ending.CANCELLED);
        else call.fail(at, why);
    }

    /// What a call that never got a final response counts as (RFC 3261 §8.1.3.1).
    private static int code(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) -> response.code();
            case Failure.CredentialsRejected(var response, _) -> response.code();
            case Failure.Unanswerable(var response, _) -> response.code();
            case Failure.TimedOut _ -> 408;
            case Failure.Unreachable _, Failure.NotGranted _ -> 503;
        };
    }

    /// Once, with the interval that was called too small raised to Min-SE (RFC 4028 §7.3).
    private boolean askLonger(SipMessage response) {
        var least = response.first(MinSE.KIND).optional().map(MinSE::seconds).orElse(0L);
        if (longerSession > 0 || least <= 0) return false;
        longerSession = least;
        return true;
    }

    private static String reason(SipMessage response) {
        return response.start() instanceof referee.sip.StartLine.Response start
                ? start.reason().text()
                : "";
    }

    /// Nothing depends on the answer to a PRACK.
    private static final class Pracked implements Exchange.User {
        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {}

        @Override
        public void failed(Instant at, Exchange of, Failure why) {}
    }
}
