// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Certainty;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;

/// The call is cut when its session timer runs out, because nobody refreshed it (RFC 4028 §10).
public final class SessionRefreshMissing implements Rule.OnDialog {
    @Override
    public String id() {
        return "session-refresh-missing";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        var bye = dialog.byes().stream().findFirst();
        if (bye.isEmpty() || bye.get().request().isEmpty() || story.isOneSided()) return List.of();
        var timer = SessionTimer.of(dialog, bye.get().first());
        if (timer.isEmpty()) return List.of();
        var certainty = certainty(timer.get(), bye.get());
        if (certainty.isEmpty()) return List.of();
        var since = timer.get().since();
        var passed = Duration.between(since, bye.get().first());
        if (!story.watchedFor(passed, since, bye.get().client(), bye.get().server()))
            return List.of();
        return finding(timer.get(), bye.get(), certainty.get(), dialog, story);
    }

    /// How much the BYE looks like the end of the timer; empty if somebody may simply have hung up.
    private static Optional<Certainty> certainty(SessionTimer timer, Transaction bye) {
        if (timer.isNamedBy(bye)) return Optional.of(PROVEN);
        var passed = Duration.between(timer.since(), bye.first());
        if (timer.isOnTheDot(passed)) return Optional.of(LIKELY);
        return timer.isRunningOut(passed) && !timer.isRefresher(bye.fromTag())
                ? Optional.of(POSSIBLE)
                : Optional.empty();
    }

    private List<Finding> finding(
            SessionTimer timer, Transaction bye, Certainty certainty, Dialog dialog, Story story) {
        var refused = refused(timer, bye, dialog);
        var passed = Duration.between(timer.since(), bye.first()).toSeconds();
        var draft =
                story.finding(this, says(timer, refused, passed))
                        .certainty(certainty)
                        .proof(timer.answer())
                        .proof(bye.request().orElseThrow())
                        .value("interval", timer.seconds())
                        .value("half", timer.seconds() / 2);
        if (refused.isPresent()) {
            draft.proof(refused.get().request().stream().toList());
            refused.get().finalAnswer().ifPresent(answer -> draft.proof(answer.first()));
        }
        blame(timer, refused, dialog, draft);
        return draft.list();
    }

    private static String says(SessionTimer timer, Optional<Transaction> refused, long passed) {
        var how =
                refused.map(SessionRefreshMissing::failed)
                        .orElse("no refresh was seen from " + timer.refresherWord());
        return "the session interval was %d s, %s, and BYE came after %d s"
                .formatted(timer.seconds(), how, passed);
    }

    private static String failed(Transaction refresh) {
        return refresh.code() == 0
                ? "the refresh with %s got no answer".formatted(refresh.method())
                : "the refresh with %s was refused with %d and not repeated"
                        .formatted(refresh.method(), refresh.code());
    }

    /// Whoever refused the refresh; a challenge is for the client to answer.
    private static void blame(
            SessionTimer timer, Optional<Transaction> refused, Dialog dialog, Finding.Draft draft) {
        if (refused.isEmpty()) {
            blameRefresher(timer, dialog, draft);
        } else if (refused.get().isChallenged()) {
            draft.blames(CLIENT, refused.get().client());
        } else {
            draft.blames(SERVER, refused.get().lastHop().server());
            if (refused.get().code() == 0) draft.blames(NETWORK);
        }
    }

    private static void blameRefresher(SessionTimer timer, Dialog dialog, Finding.Draft draft) {
        var isCaller = timer.isRefresher(dialog.callerTag());
        var refresher = isCaller ? dialog.caller() : dialog.callee();
        if (!timer.hasRefresher()) draft.blames(CLIENT).blames(SERVER);
        else if (refresher.isPresent()) draft.blames(CLIENT, refresher.get());
        else draft.blames(CLIENT);
    }

    /// The last try to refresh, none of which succeeded.
    private static Optional<Transaction> refused(
            SessionTimer timer, Transaction bye, Dialog dialog) {
        var tries = new ArrayList<Transaction>(1);
        for (var one : dialog.requests()) {
            var during = one.first().isAfter(timer.since()) && one.first().isBefore(bye.first());
            if (during && SessionTimer.isRefresh(one) && !one.isSuccess()) tries.add(one);
        }
        return tries.isEmpty() ? Optional.empty() : Optional.of(tries.getLast());
    }
}
