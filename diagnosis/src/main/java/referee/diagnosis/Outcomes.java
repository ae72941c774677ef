// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import referee.sip.Methods;

/// Reads the outcome off a settled story.
final class Outcomes {
    /// A proxy gives a ringing call this long before it gives up (RFC 3261 §16.6 item 11, Timer C).
    private static final Duration RINGING = Duration.ofMinutes(3);

    private final Story story;

    Outcomes(Story story) {
        this.story = story;
    }

    Outcome outcome() {
        return switch (story.kind()) {
            case TRANSFER ->
                    story.transfers().isEmpty()
                            ? Outcome.UNKNOWN
                            : transfer(story.transfers().getLast());
            case CALL -> call();
            case REGISTRATION -> ofLast(Methods.REGISTER);
            case SUBSCRIPTION -> ofLast(story.has(Methods.SUBSCRIBE) ? Methods.SUBSCRIBE : "");
            case OTHER -> ofLast("");
        };
    }

    private Outcome transfer(Transfer transfer) {
        if (transfer.accepted().isEmpty() && transfer.notifies().isEmpty()) {
            var refused = request(transfer.refer());
            return refused == Outcome.SUCCEEDED ? Outcome.UNKNOWN : refused;
        }
        var outcome = transfer.outcome();
        if (outcome.isPresent()) {
            return outcome.get().code() < 300 ? Outcome.SUCCEEDED : Outcome.FAILED;
        }
        var over =
                transfer.isWithoutSubscription()
                        || transfer.notifies().stream().anyMatch(Notify::isTerminated);
        return over || isPast(transfer) ? Outcome.UNKNOWN : Outcome.PENDING;
    }

    /// Whether the time in which a NOTIFY was still to be expected has passed.
    private boolean isPast(Transfer transfer) {
        var refer = transfer.refer();
        var since =
                transfer.notifies().isEmpty()
                        ? refer.first()
                        : transfer.notifies().getLast().transaction().last();
        var wait = transfer.notifies().isEmpty() ? refer.patience(story.timers()) : RINGING;
        return story.watchedFor(wait, since, transfer.transferor(), refer.server());
    }

    private Outcome call() {
        @Nullable Transaction invite = null;
        for (var one : story.transactions()) {
            if (one.is(Methods.INVITE) && !one.isInDialog()) invite = one;
        }
        if (invite == null) return Outcome.UNKNOWN;
        for (var dialog : story.dialogs()) {
            if (dialog.isConfirmed()) return Outcome.SUCCEEDED;
        }
        var gone = story.cancelOf(invite).isPresent();
        if (invite.code() == 487) return Outcome.CANCELLED;
        if (gone && invite.finalAnswer().isEmpty()) return Outcome.CANCELLED;
        return request(invite);
    }

    private Outcome ofLast(String method) {
        @Nullable Transaction last = null;
        for (var one : story.transactions()) {
            if (method.isEmpty() || one.is(method)) last = one;
        }
        return last == null ? Outcome.UNKNOWN : request(last);
    }

    private Outcome request(Transaction one) {
        var answer = one.finalAnswerAnywhere();
        if (answer.isPresent() && !answer.get().isChallenge()) {
            if (answer.get().isSuccess()) return Outcome.SUCCEEDED;
            return answer.get().code() < 400 ? Outcome.UNKNOWN : Outcome.FAILED;
        }
        if (new Round(one).isRefused()) return Outcome.FAILED;
        if (answer.isPresent() && story.isAnsweredElsewhere()) return Outcome.UNKNOWN;
        var since = answer.map(a -> a.first().at()).orElse(one.first());
        var wait =
                one.is(Methods.INVITE) && answer.isEmpty() && one.hasProvisional()
                        ? RINGING
                        : one.patience(story.timers());
        if (!story.watchedFor(wait, since, one.client(), one.server())) return Outcome.PENDING;
        return answer.isEmpty() && story.isOneSided() ? Outcome.UNKNOWN : Outcome.FAILED;
    }
}
