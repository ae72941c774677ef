// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// Several devices answered a forked call, and the caller did not acknowledge each (RFC 3261
/// §13.2.2.4).
public final class Forked2xxNotReleased implements Rule.OnTransaction {
    /// A 2xx that is sent so often has no ACK.
    private static final int REPEATED = 3;

    @Override
    public String id() {
        return "forked-2xx-not-released";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE) || story.isOneSided()) return List.of();
        var taken =
                transaction.firstHop().answers().stream()
                        .filter(answer -> answer.isSuccess() && !answer.toTag().isEmpty())
                        .toList();
        if (taken.size() < 2) return List.of();
        var orphans = taken.stream().filter(one -> !isAcknowledged(one, transaction)).toList();
        if (orphans.isEmpty() || orphans.size() == taken.size()) return List.of();
        return orphans.stream()
                .filter(orphan -> isLeft(orphan, transaction, story))
                .findFirst()
                .map(orphan -> finding(orphan, taken, transaction, story))
                .stream()
                .toList();
    }

    private static boolean isAcknowledged(Answer answer, Transaction invite) {
        return invite.acks().stream().anyMatch(ack -> Sent.toTag(ack).same(answer.toTag()));
    }

    private static boolean isLeft(Answer orphan, Transaction invite, Story story) {
        return orphan.copies().size() >= REPEATED
                || isHungUp(orphan, story)
                || story.watchedFor(
                        invite.patience(story.timers()),
                        orphan.first().at(),
                        invite.client(),
                        invite.server());
    }

    private static boolean isHungUp(Answer orphan, Story story) {
        return story.dialogs().stream()
                .filter(dialog -> dialog.calleeTag().same(orphan.toTag()))
                .flatMap(dialog ->
                        dialog.byes().stream()
                                .filter(bye -> Dialog.isFrom(dialog.callerTag(), bye)))
                .findAny()
                .isPresent();
    }

    private Finding finding(Answer orphan, List<Answer> taken, Transaction invite, Story story) {
        var hungUp = isHungUp(orphan, story);
        var says =
                "%d devices answered the INVITE, and the one with tag %s got %s"
                        .formatted(
                                taken.size(),
                                orphan.toTag(),
                                hungUp ? "a BYE and no ACK" : "neither ACK nor BYE");
        var draft =
                story.finding(this, says)
                        .proof(taken.stream().map(Answer::first).toList())
                        .proof(orphan.copies())
                        .proof(invite.acks())
                        .blames(CLIENT, invite.client())
                        .value("tag", orphan.toTag());
        // whoever sends BYE has sent its ACK just before, as a rule, and that may be lost
        if (hungUp) return draft.blames(NETWORK).certainty(POSSIBLE).finding();
        return orphan.copies().size() >= REPEATED
                ? draft.finding()
                : draft.certainty(LIKELY).finding();
    }
}
