// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// The target failed, and the held call is not taken back (RFC 5589 §6.3).
public final class TransferFailedCallLost implements Rule.OnTransfer {
    @Override
    public String id() {
        return "transfer-failed-call-lost";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What the referred call ends with when the transferred party hangs up while it rings.
    private static final int CANCELLED = 487;

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var outcome = transfer.outcome();
        if (outcome.isEmpty() || outcome.get().code() < 300 || transfer.dialog().isEmpty())
            return List.of();
        var dropped = byeBefore(transfer.transfereeByes(), transfer, outcome.get());
        if (!dropped.isEmpty())
            return outcome.get().code() == CANCELLED
                    ? List.of()
                    : List.of(dropped(transfer, outcome.get(), dropped.getFirst(), story));
        var told = transfer.told();
        if (told.isEmpty() || told.get().code() < 300 || !dialogIsUp(transfer, told.get()))
            return List.of();
        return stuck(transfer, told.get(), transfer.dialog().get(), story);
    }

    /// The other side hung up on the transferor before it knew the outcome.
    private Finding dropped(Transfer transfer, Notify outcome, Transaction bye, Story story) {
        var says =
                "the transferee hung up on the transferor before the target had answered, and the target then failed with %d"
                        .formatted(outcome.code());
        return transfer.finding(this, story, says)
                .certainty(LIKELY)
                .blames(MIDDLEBOX, bye.client())
                .proof(bye.request().stream().toList())
                .proof(outcome.transaction().request().stream().toList())
                .value("code", outcome.code())
                .finding();
    }

    private List<Finding> stuck(Transfer transfer, Notify outcome, Dialog dialog, Story story) {
        var told = outcome.transaction().first();
        if (!Hold.isHeldBy(transfer.refer().fromTag(), dialog, told)) return List.of();
        if (isTakenBack(dialog, told)) return List.of();
        if (!story.watchedFor(PATIENCE, told, transfer.transferor(), transfer.refer().server()))
            return List.of();

        var says =
                "the target failed with %d, and the held call was neither taken back nor ended within %d s"
                        .formatted(outcome.code(), PATIENCE.toSeconds());
        return transfer.finding(this, story, says)
                .certainty(LIKELY)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(outcome.transaction().request().stream().toList())
                .value("code", outcome.code())
                .list();
    }

    private static boolean dialogIsUp(Transfer transfer, Notify outcome) {
        var told = outcome.transaction().first();
        return transfer.dialog().stream()
                .flatMap(dialog -> dialog.byes().stream())
                .noneMatch(bye -> bye.first().isBefore(told));
    }

    private static List<Transaction> byeBefore(
            List<Transaction> byes, Transfer transfer, Notify outcome) {
        var sent = transfer.refer().first();
        var told = outcome.transaction().first();
        return byes.stream()
                .filter(bye -> bye.first().isAfter(sent) && bye.first().isBefore(told))
                .toList();
    }

    /// Any BYE, change of session or new transfer within the time.
    private static boolean isTakenBack(Dialog dialog, Instant told) {
        var until = told.plus(PATIENCE);
        return dialog.requests().stream()
                .filter(request ->
                        request.is(Methods.BYE)
                                || request.is(Methods.INVITE)
                                || request.is(Methods.UPDATE)
                                || request.is(Methods.REFER))
                .anyMatch(request ->
                        request.first().isAfter(told) && request.first().isBefore(until));
    }
}
