// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;

/// The refer subscription runs out before the referred call is answered or refused (RFC 3515
/// §2.4.4, RFC 6665 §4.1.2.2).
public final class ReferSubscriptionExpiredEarly implements Rule.OnCase {
    /// How long a target may ring: Timer C of a proxy on its way (RFC 3261 §16.6).
    private static final Duration RINGING = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "refer-subscription-expired-early";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            var ended =
                    ReferSubscriptionNeverTerminated.ended(one.transfer(), stories)
                            .map(answer -> answer.first().at());
            findings.addAll(check(one.transfer(), one.story(), ended));
        }
        return findings;
    }

    /// @param ended when the referred call had its final answer
    private List<Finding> check(Transfer transfer, Story story, Optional<Instant> ended) {
        if (transfer.accepted().isEmpty() || transfer.outcome().isPresent()) return List.of();
        var standing = standing(transfer);
        if (standing.isEmpty() || transfer.isUnsubscribed(story)) return List.of();
        var refused =
                Subscriptions.refreshes(transfer, story).stream()
                        .filter(one -> Subscriptions.endsIt(one.code()))
                        .filter(one -> isPending(ended, one.first()))
                        .findFirst();
        if (refused.isPresent()) return refused(transfer, refused.get(), story);
        var timeout = timeout(transfer).filter(one -> isPending(ended, one.transaction().first()));
        if (timeout.isPresent() && Subscriptions.isUnheard(timeout.get())) return List.of();
        if (timeout.isPresent()) return ranOut(transfer, standing.get(), timeout.get(), story);
        return ended.isPresent() ? List.of() : fellSilent(transfer, standing.get(), story);
    }

    private static boolean isPending(Optional<Instant> ended, Instant at) {
        return ended.filter(end -> end.isBefore(at)).isEmpty();
    }

    /// Whether this NOTIFY ends a subscription that stood before because its time is over.
    static boolean isTimeout(Transfer transfer, Notify notify) {
        return notify.isTerminated()
                && !notify.isOutcome()
                && notify.state()
                        .flatMap(one -> one.reason())
                        .orElse("")
                        .equalsIgnoreCase("timeout")
                && standing(transfer).isPresent();
    }

    private List<Finding> refused(Transfer transfer, Transaction refresh, Story story) {
        var says =
                "SUBSCRIBE to refresh the subscription was answered with %d before the outcome was told"
                        .formatted(refresh.code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEREE, refresh.lastHop().server())
                .proof(refresh.sightings().toList())
                .value("id", transfer.refer().cseq())
                .list();
    }

    private List<Finding> ranOut(Transfer transfer, Notify standing, Notify end, Story story) {
        var says =
                "the subscription ended with reason timeout, %d s after the REFER and before the outcome was told"
                        .formatted(
                                Duration.between(
                                                transfer.refer().first(), end.transaction().first())
                                        .toSeconds());
        return blamed(transfer, standing, transfer.finding(this, story, says), story)
                .proof(standing.transaction().request().stream().toList())
                .proof(end.transaction().request().stream().toList())
                .list();
    }

    private List<Finding> fellSilent(Transfer transfer, Notify standing, Story story) {
        var said = standing.state().flatMap(one -> one.expires());
        var isLast = transfer.notifies().getLast().equals(standing);
        if (said.isEmpty() || !isLast || isHungUp(transfer)) return List.of();
        var refer = transfer.refer();
        var wait = Subscriptions.lasts(standing).plus(refer.patience(story.timers()));
        var since = standing.transaction().last();
        if (Subscriptions.isEndedByAnswer(standing)
                || !standing.transaction().isSuccess()
                || story.isOneSided()
                || !story.watchedFor(wait, since, transfer.transferor(), refer.server()))
            return List.of();
        var says =
                "NOTIFY said %d with %d s left, and neither a refresh nor the outcome came in that time"
                        .formatted(standing.code(), said.get());
        return blamed(transfer, standing, transfer.finding(this, story, says), story)
                .certainty(LIKELY)
                .proof(standing.transaction().request().stream().toList())
                .list();
    }

    private Finding.Draft blamed(
            Transfer transfer, Notify standing, Finding.Draft draft, Story story) {
        draft.value("id", transfer.refer().cseq());
        var given = Subscriptions.lasts(standing);
        if (given.compareTo(RINGING) < 0) draft.blames(TRANSFEREE, transfer.transferee());
        var asked = !Subscriptions.refreshes(transfer, story).isEmpty();
        return asked && given.compareTo(RINGING) < 0
                ? draft
                : draft.blames(TRANSFEROR, transfer.transferor());
    }

    /// The last NOTIFY that leaves the subscription standing and tells no outcome.
    private static Optional<Notify> standing(Transfer transfer) {
        return transfer.notifies().stream()
                .filter(one -> one.state().isPresent() && !one.isTerminated() && !one.isOutcome())
                .reduce((_, later) -> later);
    }

    private static Optional<Notify> timeout(Transfer transfer) {
        return transfer.notifies().stream().filter(one -> isTimeout(transfer, one)).findFirst();
    }

    private static boolean isHungUp(Transfer transfer) {
        return !transfer.transferorByes().isEmpty() || !transfer.transfereeByes().isEmpty();
    }
}
