// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// The first NOTIFY comes only with the outcome, after the transferor stopped waiting (RFC 3515
/// §2.4.4).
public final class ReferNotifyLate implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-late";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    /// A target that answers this fast needs no NOTIFY before.
    private static final Duration FAST = Duration.ofSeconds(3);

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.accepted().isEmpty() || transfer.notifies().isEmpty()) return List.of();
        var first = transfer.notifies().getFirst();
        if (!first.isOutcome() || !transfer.reachedTransferor(first)) return List.of();
        var accepted = transfer.accepted().get().first();
        var came = first.transaction().first();
        var wait = Duration.between(accepted.at(), came);
        if (wait.compareTo(FAST) < 0) return List.of();
        if (!hasGivenUp(transfer, first, story) && wait.compareTo(story.timers().patience()) < 0)
            return List.of();

        var says =
                "the first NOTIFY came %d s after the %d and says %d already"
                        .formatted(
                                wait.toSeconds(), transfer.accepted().get().code(), first.code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEREE, transfer.transferee())
                .blames(TRANSFEROR, transfer.transferor())
                .proof(accepted)
                .proof(first.transaction().request().stream().toList())
                .value("seconds", wait.toSeconds())
                .list();
    }

    /// Whether the transferor hung up, tried another REFER or refused the NOTIFY.
    private static boolean hasGivenUp(Transfer transfer, Notify first, Story story) {
        var came = first.transaction().first();
        var accepted = transfer.accepted().orElseThrow().first().at().plusSeconds(1);
        return first.transaction().code() == 481
                || transfer.transferorByes().stream()
                        .anyMatch(bye -> isBetween(bye.first(), accepted, came))
                || story.transactions(Methods.REFER).stream()
                        .anyMatch(other -> isBetween(other.first(), accepted, came));
    }

    private static boolean isBetween(Instant at, Instant from, Instant to) {
        return at.isAfter(from) && at.isBefore(to);
    }
}
