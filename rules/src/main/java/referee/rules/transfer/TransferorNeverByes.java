// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// The transfer succeeded, and the transferor leaves the old call up (RFC 5589 §6.1).
public final class TransferorNeverByes implements Rule.OnTransfer {
    @Override
    public String id() {
        return "transferor-never-byes";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    /// Longer than any way a BYE may take; some peers hang up themselves after as long.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var outcome = transfer.told();
        if (outcome.isEmpty() || outcome.get().code() >= 300 || transfer.dialog().isEmpty())
            return List.of();
        if (story.isOneSided()) return List.of();
        var told = outcome.get().transaction();
        var until = told.first().plus(PATIENCE);
        var dialog = transfer.dialog().get();
        if (dialog.byes().stream().anyMatch(bye -> bye.first().isBefore(until))) return List.of();
        if (!story.watchedFor(
                PATIENCE, told.first(), transfer.transferor(), transfer.refer().server()))
            return List.of();

        var says =
                "NOTIFY said %d, and the transferor sent no BYE within %d s"
                        .formatted(outcome.get().code(), PATIENCE.toSeconds());
        var draft = transfer.finding(this, story, says).blames(TRANSFEROR, transfer.transferor());
        if (!isHeard(transfer, until, story)) draft.blames(NETWORK).certainty(LIKELY);
        draft.proof(told.request().stream().toList());
        dialog.byes().stream().findFirst().flatMap(bye -> bye.request()).ifPresent(draft::proof);
        return draft.list();
    }

    /// Whether the transferor still gets something through by then.
    private static boolean isHeard(Transfer transfer, Instant until, Story story) {
        var host = transfer.transferor().host();
        return story.sightings()
                .anyMatch(one -> one.from().host().equals(host) && one.at().isAfter(until));
    }
}
