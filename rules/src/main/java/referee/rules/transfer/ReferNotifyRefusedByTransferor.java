// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// NOTIFY for an accepted REFER is refused by the side that sent the REFER (RFC 6665 §4.1.3).
public final class ReferNotifyRefusedByTransferor implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-refused-by-transferor";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    private static final Set<Integer> REFUSALS = Set.of(400, 403, 405, 489, 501);

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.accepted().isEmpty()) return List.of();
        if (ReferSubSuppressionMishandled.isNotGranted(transfer)) return List.of();
        var refused =
                transfer.notifies().stream()
                        .filter(notify ->
                                notify.event().filter(event -> event.isRefer()).isPresent())
                        .filter(notify -> REFUSALS.contains(notify.transaction().code()))
                        .toList();
        if (refused.isEmpty()) return List.of();

        var first = refused.getFirst();
        var says =
                "NOTIFY for the accepted REFER was answered with %d"
                        .formatted(first.transaction().code());
        var draft = transfer.finding(this, story, says).value("code", first.transaction().code());
        for (var notify : refused) draft.proof(proof(notify));
        return transfer.reachedTransferor(first)
                ? draft.blames(TRANSFEROR, transfer.transferor()).list()
                : draft.blames(MIDDLEBOX, first.transaction().lastHop().server()).list();
    }

    private static List<referee.evidence.Sighting> proof(Notify notify) {
        return notify.transaction().sightings().toList();
    }
}
