// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.TRANSFEREE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Endpoint;

/// REFER was accepted, and no NOTIFY came (RFC 3515 §2.4.4, RFC 6665 §4.1.2.4).
public final class ReferNoNotify implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-no-notify";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    /// A proxy passes NOTIFY on at once; an element that has a call on each side may take a moment.
    private static final Duration PASSING_ON = Duration.ofSeconds(5);

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var accepted = transfer.accepted();
        if (accepted.isEmpty() || transfer.isWithoutSubscription()) return List.of();
        var refer = transfer.refer();
        if (refer.request().isEmpty()) return List.of();
        var wait = refer.patience(story.timers());
        var came = transfer.notifies().stream().filter(transfer::reachedTransferor).findFirst();
        if (came.isPresent() && !isTooLate(came.get(), refer.first().plus(wait))) return List.of();
        if (came.isEmpty() && !transfer.notifies().isEmpty())
            return swallowed(transfer, story, accepted.get());
        if (!story.watchedFor(wait, refer.first(), transfer.transferor(), refer.server()))
            return List.of();
        if (hungUpFirst(transfer, accepted.get())) return List.of();
        if (!ReferNotifyIdMissingOrMisassigned.afterTheEnd(transfer, story).isEmpty())
            return List.of();

        var says =
                "REFER was accepted with %d and no NOTIFY came within %d s"
                        .formatted(accepted.get().code(), wait.toSeconds());
        return transfer.finding(this, story, says)
                .certainty(LIKELY)
                .blames(TRANSFEREE, transfer.transferee())
                .blames(NETWORK)
                .proof(refer.firstHop().requests())
                .proof(accepted.get().first())
                .list();
    }

    /// After the time in which it is due; one that tells the outcome is late rather than missing.
    private static boolean isTooLate(Notify notify, Instant due) {
        return !notify.isOutcome() && notify.transaction().first().isAfter(due);
    }

    /// The transferee did notify, and an element on the way took it and kept it to itself.
    private List<Finding> swallowed(Transfer transfer, Story story, Answer accepted) {
        var kept =
                transfer.notifies().stream()
                        .filter(notify -> notify.transaction().isSuccess())
                        .findFirst();
        if (kept.isEmpty()) return List.of();
        var keeper = kept.get().transaction().lastHop().server();
        var came = kept.get().transaction().first();
        if (!carriedRefer(keeper, transfer)
                || !story.watchedFor(PASSING_ON, came, keeper, transfer.transferor()))
            return List.of();
        var says =
                "NOTIFY was sent as far as %s and never reached the transferor".formatted(keeper);
        return transfer.finding(this, story, says)
                .blames(MIDDLEBOX, keeper)
                .proof(accepted.first())
                .proof(kept.get().transaction().sightings().toList())
                .list();
    }

    /// Whether the REFER passed it, too. What the transferee notifies elsewhere may be the
    /// transferor under another address.
    private static boolean carriedRefer(Endpoint keeper, Transfer transfer) {
        return transfer.refer().hops().stream()
                .anyMatch(hop ->
                        hop.server().host().equals(keeper.host())
                                || hop.client().host().equals(keeper.host()));
    }

    /// Many peers stop notifying a transferor that hung up; nobody can be blamed then.
    private static boolean hungUpFirst(Transfer transfer, Answer accepted) {
        return transfer.transferorByes().stream()
                .anyMatch(bye -> !bye.first().isAfter(accepted.first().at().plusSeconds(5)));
    }
}
