// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;

/// The last NOTIFY and a BYE from the same side cross, and the outcome is lost (RFC 3515 §2.4.4).
public final class FinalNotifyByeRace implements Rule.OnTransfer {
    /// A BYE this soon after the NOTIFY did not wait for its answer.
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    /// A NOTIFY later than this after the BYE is no race.
    private static final Duration CLOSE = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "final-notify-bye-race";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.accepted().isEmpty() || transfer.told().isPresent()) return List.of();
        return transfer.notifies().stream()
                .filter(one -> one.isTerminated() || one.isOutcome())
                .filter(one -> isLost(one.transaction(), story))
                .flatMap(one ->
                        bye(transfer, one).map(bye -> finding(transfer, one, bye, story)).stream())
                .limit(1)
                .toList();
    }

    /// The BYE of the notifier that came before this NOTIFY was answered, and took its outcome with
    /// it.
    static Optional<Transaction> bye(Transfer transfer, Notify notify) {
        var sent = notify.transaction().first();
        var gone = transfer.transferorByes().stream().anyMatch(bye -> bye.first().isBefore(sent));
        if (gone) return Optional.empty();
        var answered =
                notify.transaction()
                        .finalAnswerAnywhere()
                        .map(Answer::first)
                        .map(one -> one.at())
                        .orElse(sent.plus(TOGETHER));
        return transfer.transfereeByes().stream()
                .filter(bye -> !bye.first().isAfter(answered))
                .filter(bye -> !bye.first().isAfter(sent.plus(TOGETHER)))
                .filter(bye -> !bye.first().isBefore(sent.minus(CLOSE)))
                .filter(bye -> !bye.first().isBefore(transfer.refer().first()))
                .findFirst();
    }

    private Finding finding(Transfer transfer, Notify notify, Transaction bye, Story story) {
        var request = notify.transaction();
        var byeFirst = bye.cseq() < request.cseq();
        var says =
                "BYE was sent %s the last NOTIFY, which %s"
                        .formatted(
                                byeFirst ? "before" : "together with",
                                request.code() == 0
                                        ? "was never answered"
                                        : "was answered with " + request.code());
        var draft =
                transfer.finding(this, story, says)
                        .blames(TRANSFEREE, bye.client())
                        .proof(bye.request().stream().toList())
                        .proof(request.sightings().toList());
        if (!byeFirst) draft.blames(TRANSFEROR, transfer.transferor());
        return draft.finding();
    }

    private static boolean isLost(Transaction notify, Story story) {
        if (notify.finalAnswerAnywhere().isPresent()) return notify.code() == 481;
        var hop = notify.lastHop();
        return !story.isOneSided()
                && !hop.requests().isEmpty()
                && story.watchedFor(
                        notify.patience(story.timers()),
                        hop.requests().getFirst().at(),
                        hop.client(),
                        hop.server());
    }
}
