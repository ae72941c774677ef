// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.NOBODY;
import static referee.diagnosis.Role.TRANSFEREE;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// The subscription ends while the sipfrag is still provisional (RFC 3515 §2.4.4).
public final class NotifyTerminatedWithoutOutcome implements Rule.OnTransfer {
    @Override
    public String id() {
        return "notify-terminated-without-outcome";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.outcome().isPresent() || transfer.isUnsubscribed(story)) return List.of();
        var last =
                transfer.notifies().stream()
                        .filter(notify -> notify.isTerminated() && notify.code() >= 100)
                        .filter(notify ->
                                !ReferSubscriptionExpiredEarly.isTimeout(transfer, notify))
                        .reduce((_, later) -> later);
        if (last.isEmpty()) return List.of();

        var says =
                "the subscription ended while the NOTIFY still says %d; the outcome was never told"
                        .formatted(code(last.get()));
        return transfer.finding(this, story, says)
                .blames(NOBODY)
                .blames(TRANSFEREE, transfer.transferee())
                .proof(last.get().transaction().request().stream().toList())
                .value("code", code(last.get()))
                .list();
    }

    private static int code(Notify notify) {
        return notify.code();
    }
}
