// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.OptionTag;
import referee.sip.RAck;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// The first INVITE of a call that came in (RFC 3261 §13.3), with our reliable provisional
/// responses (RFC 3262 §3).
final class IncomingInvite {
    private static final int MOST_WAITING = 32;

    private final Call call;
    private final ServerTransaction invite;
    private final Dialog dialog;
    private final Deque<Reply> waiting = new ArrayDeque<>();
    private @Nullable Repeating unacknowledged;
    private long rseq;
    private Optional<Call> replaced = Optional.empty();

    IncomingInvite(Call call, ServerTransaction invite, Dialog dialog) {
        this.call = call;
        this.invite = invite;
        this.dialog = dialog;
        this.rseq = 1L + call.floor().desk().tokens.below(1 << 30);
    }

    /// The call whose place it takes when it is accepted.
    void replaces(Call other) {
        replaced = Optional.of(other);
    }

    /// Answers; one after the other while a reliable response waits for its PRACK, but a failure at
    /// once.
    void reply(Instant at, Reply reply) {
        if (invite.isFinal() || call.phase() != Call.Phase.EARLY) return;
        if (unacknowledged != null && reply.code() < 300) {
            if (waiting.size() < MOST_WAITING) waiting.add(reply);
        } else if (reply.code() < 200) {
            provisional(at, reply);
        } else if (reply.code() < 300) {
            accept(at, reply);
        } else {
            stop();
            call.answer(at, invite, reply, List.of());
            call.end(at, Ending.REFUSED);
        }
    }

    private void provisional(Instant at, Reply reply) {
        var required = Options.lists(invite.request(), OptionTag.REQUIRE, "100rel");
        var able = Options.lists(invite.request(), OptionTag.SUPPORTED, "100rel");
        if (reply.code() == 100 || !required && !(able && reply.reliable())) {
            call.answer(at, invite, reply, List.of());
            return;
        }
        rseq++;
        call.answer(at, invite, reply.with("Require", "100rel").with("RSeq", rseq), List.of());
        var desk = call.floor().desk();
        unacknowledged =
                new Repeating(
                        desk.agenda,
                        desk.setup.timers(),
                        at,
                        false,
                        invite::repeat,
                        this::neverPracked);
    }

    private void neverPracked(Instant at) {
        unacknowledged = null;
        call.answer(at, invite, Reply.of(504), List.of());
        call.end(at, Ending.NO_PRACK);
    }

    /// @return whether it acknowledges what waits
    boolean pracked(Instant at, SipMessage prack) {
        var rack = prack.first(RAck.KIND).optional();
        if (unacknowledged == null || rack.isEmpty() || rack.get().rseq() != rseq) return false;
        unacknowledged.stop();
        unacknowledged = null;
        Sdp.of(prack).optional().ifPresent(call.media()::heard);
        return true;
    }

    /// Says what has waited for the PRACK.
    void goOn(Instant at) {
        while (unacknowledged == null && !waiting.isEmpty()) reply(at, waiting.poll());
    }

    private void accept(Instant at, Reply reply) {
        var offer = Sdp.of(invite.request());
        var sdp =
                reply.body().isEmpty()
                        ? offer.isAbsent()
                                ? Optional.of(call.media().offer())
                                : offer.optional().flatMap(call.media()::answer)
                        : Optional.of(Slice.EMPTY);
        if (sdp.isEmpty()) {
            call.answer(at, invite, Reply.of(488), List.of());
            call.end(at, Ending.REFUSED);
            return;
        }
        call.media().said(reply.body());
        call.answered();
        call.accept(at, invite, reply, sdp.get());
        replaced.ifPresent(other -> other.hangUp(at, Ending.REPLACED));
    }

    /// CANCEL or BYE before we have answered.
    void terminated(Instant at) {
        stop();
        if (!invite.isFinal()) call.answer(at, invite, Reply.of(487), List.of());
    }

    boolean isFor(ServerTransaction transaction) {
        return invite == transaction;
    }

    Dialog dialog() {
        return dialog;
    }

    void stop() {
        if (unacknowledged != null) unacknowledged.stop();
        unacknowledged = null;
        waiting.clear();
    }
}
