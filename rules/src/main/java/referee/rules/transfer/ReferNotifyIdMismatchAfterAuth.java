// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Event;

/// After a challenged REFER, NOTIFY with the CSeq of the accepted one is answered with 481 (RFC
/// 3515 §2.4.6).
public final class ReferNotifyIdMismatchAfterAuth implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-id-mismatch-after-auth";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.attempts().size() < 2 || transfer.accepted().isEmpty()) return List.of();
        var refused =
                transfer.notifies().stream()
                        .filter(notify -> notify.transaction().code() == 481)
                        .filter(notify -> id(notify).isPresent())
                        .findFirst();
        if (refused.isEmpty() || isHungUp(transfer, refused.get())) return List.of();

        var id = id(refused.get()).orElseThrow();
        var accepted = transfer.refer().cseq();
        var right = id.equals(Long.toString(accepted));
        var says =
                "NOTIFY with id %s was answered with 481; the REFER that was accepted has CSeq %d, the challenged one %d"
                        .formatted(id, accepted, transfer.attempts().getFirst().cseq());
        var draft =
                transfer.finding(this, story, says)
                        .proof(transfer.accepted().get().first())
                        .proof(refused.get().transaction().sightings().toList())
                        .value("accepted", accepted);
        return right
                ? draft.blames(TRANSFEROR, transfer.transferor()).list()
                : draft.blames(TRANSFEREE, transfer.transferee()).list();
    }

    private static Optional<String> id(Notify notify) {
        return notify.event().flatMap(Event::id);
    }

    private static boolean isHungUp(Transfer transfer, Notify notify) {
        return transfer.transferorByes().stream()
                .anyMatch(bye -> bye.first().isBefore(notify.transaction().first()));
    }
}
