// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;

/// The transferor forgets the refer subscription with the call, and answers NOTIFY with 481 (RFC
/// 6665 §4.5.2).
public final class ReferNotify481AfterBye implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-481-after-bye";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.accepted().isEmpty()) return List.of();
        var ended = ended(transfer);
        var refused =
                transfer.notifies().stream()
                        .filter(notify -> notify.transaction().code() == 481)
                        .filter(notify ->
                                ended.isEmpty()
                                        || !notify.transaction().first().isAfter(ended.get()))
                        .findFirst();
        if (refused.isEmpty()) return List.of();
        var bye = byeBefore(transfer, refused.get());
        if (bye.isEmpty()) return List.of();

        var says =
                "after %s BYE the transferor answered NOTIFY with 481, though its REFER was accepted"
                        .formatted(
                                Dialog.isFrom(transfer.refer().fromTag(), bye.get())
                                        ? "its"
                                        : "the other side's");
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(transfer.accepted().get().first())
                .proof(bye.get().request().stream().toList())
                .proof(refused.get().transaction().sightings().toList())
                .list();
    }

    /// When the first NOTIFY that ended the subscription was answered with 2xx; what comes after it
    /// may rightly get 481.
    private static Optional<Instant> ended(Transfer transfer) {
        return transfer.notifies().stream()
                .filter(Notify::isTerminated)
                .filter(notify -> notify.transaction().isSuccess())
                .map(notify -> notify.transaction().first())
                .findFirst();
    }

    private static Optional<Transaction> byeBefore(Transfer transfer, Notify notify) {
        var raced =
                (notify.isTerminated() || notify.isOutcome())
                        && FinalNotifyByeRace.bye(transfer, notify).isPresent();
        if (raced) return Optional.empty();
        return Stream.concat(transfer.transferorByes().stream(), transfer.transfereeByes().stream())
                .filter(bye -> bye.first().isBefore(notify.transaction().first()))
                .filter(bye -> !bye.first().isBefore(transfer.refer().first()))
                .findFirst();
    }
}
