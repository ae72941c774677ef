// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// The outcome was told, and the subscription is left active (RFC 3515 §2.4.7).
public final class ReferSubscriptionNeverTerminated implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-subscription-never-terminated";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.outcome().isEmpty() || transfer.isUnsubscribed(story)) return List.of();
        if (transfer.notifies().stream().anyMatch(Notify::isTerminated)) return List.of();
        var last = transfer.notifies().getLast();
        if (last.state().isEmpty() || Subscriptions.isEndedByAnswer(last)) return List.of();
        var lasts = Subscriptions.lasts(last);
        var refer = transfer.refer();
        if (!story.watchedFor(
                lasts, last.transaction().last(), transfer.transferor(), refer.server()))
            return List.of();

        var says =
                "NOTIFY told the outcome %d and left the subscription %s; none ended it within %d s"
                        .formatted(
                                transfer.outcome().get().code(),
                                last.state().get().state(),
                                lasts.toSeconds());
        var draft =
                transfer.finding(this, story, says)
                        .blames(TRANSFEREE, transfer.transferee())
                        .proof(transfer.outcome().get().transaction().request().stream().toList())
                        .proof(last.transaction().request().stream().toList())
                        .value("id", refer.cseq());
        repeated(transfer, last, lasts, story)
                .ifPresent(again ->
                        draft.blames(TRANSFEROR, transfer.transferor())
                                .proof(again.request().stream().toList()));
        return draft.list();
    }

    /// A REFER to the same target while the subscription stands: a second transfer, no refresh.
    private static Optional<Transaction> repeated(
            Transfer transfer, Notify last, Duration lasts, Story story) {
        var told = last.transaction().first();
        var target = transfer.target().map(one -> one.address()).orElse("");
        return story.transfers().stream()
                .filter(one -> one.refer().fromTag().same(transfer.refer().fromTag()))
                .filter(one -> one.target().filter(to -> to.address().equals(target)).isPresent())
                .map(Transfer::refer)
                .filter(one -> one.is(Methods.REFER) && one.first().isAfter(told))
                .filter(one -> one.first().isBefore(told.plus(lasts)))
                .findFirst();
    }
}
