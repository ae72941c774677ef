// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Event;

/// A NOTIFY that overtakes the 2xx to its REFER is refused (RFC 3515 §2.4.4, RFC 6665 §4.1.2.4).
public final class NotifyBefore2xxRejected implements Rule.OnTransfer {
    @Override
    public String id() {
        return "notify-before-2xx-rejected";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (ReferSubSuppressionMishandled.isNotGranted(transfer)) return List.of();
        var answered = transfer.refer().finalAnswerAnywhere();
        if (transfer.accepted().isEmpty() && answered.isPresent()) return List.of();
        var refused =
                transfer.notifies().stream()
                        .filter(one -> isRefused(one) && isEarly(one, transfer))
                        .filter(one -> isNamed(one, transfer) && isInOrder(one, transfer))
                        .findFirst();
        if (refused.isEmpty()) return List.of();

        var notify = refused.get().transaction();
        var says =
                "NOTIFY came before the 2xx to its REFER and was answered with %d"
                        .formatted(notify.code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(transfer.refer().request().stream().toList())
                .proof(notify.sightings().toList())
                .proof(answered.map(one -> one.first()).stream().toList())
                .list();
    }

    private static boolean isRefused(Notify notify) {
        var code = notify.transaction().code();
        return code == 481 || code == 500;
    }

    /// An id that names no attempt at this REFER is refused for that, whenever it comes: see
    /// refer-notify-id-missing-or-misassigned.
    private static boolean isNamed(Notify notify, Transfer transfer) {
        var id = notify.event().flatMap(Event::id);
        return id.isEmpty()
                || transfer.attempts().stream()
                        .anyMatch(one -> id.get().equals(Long.toString(one.cseq())));
    }

    /// 500 is right where a NOTIFY with a higher number came before: see refer-notify-out-of-order.
    private static boolean isInOrder(Notify notify, Transfer transfer) {
        var it = notify.transaction();
        return it.code() != 500
                || transfer.notifies().stream()
                        .map(Notify::transaction)
                        .noneMatch(
                                one -> one.cseq() > it.cseq() && one.first().isBefore(it.last()));
    }

    private static boolean isEarly(Notify notify, Transfer transfer) {
        var sent = notify.transaction().first();
        var byes = transfer.transferorByes();
        return sent.isAfter(transfer.refer().first())
                && transfer.accepted().map(one -> sent.isBefore(one.first().at())).orElse(true)
                && byes.stream().noneMatch(bye -> bye.first().isBefore(sent));
    }
}
