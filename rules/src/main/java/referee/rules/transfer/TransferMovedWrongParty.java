// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// A PBX connects the transferor with the target, and hangs up on the party to be transferred (RFC
/// 5589 §5).
public final class TransferMovedWrongParty implements Rule.OnCase {
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);

    /// So long after the outcome the transferor is still in its call.
    private static final Duration STAYS = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "transfer-moved-wrong-party";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            check(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Transfer transfer, Story story, Case stories) {
        var accepted = transfer.accepted().map(Answer::first);
        var outcome = transfer.outcome().filter(one -> one.code() < 300);
        if (accepted.isEmpty() || outcome.isEmpty() || transfer.dialog().isEmpty())
            return Optional.empty();
        var told = outcome.get().transaction().first();
        var legs = new OtherLegs(transfer, story, stories);
        var dropped = legs.hangUp(accepted.get().at(), told.plus(AFTERWARDS));
        if (dropped.isEmpty() || isOver(transfer.dialog().get(), told.plus(STAYS)))
            return Optional.empty();
        var moved = reinvite(transfer, accepted.get().at());
        if (!story.watchedFor(STAYS, told, transfer.transferor(), transfer.refer().server()))
            return Optional.empty();

        var says =
                "%s hung up on the other party of the call, and the transferor stays in it; NOTIFY says %d"
                        .formatted(transfer.transferee(), outcome.get().code());
        return Optional.of(
                transfer.finding(this, story, says)
                        .certainty(moved.isPresent() ? legs.certainty() : LIKELY)
                        .blames(MIDDLEBOX, transfer.transferee())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(dropped.flatMap(Transaction::request).stream().toList())
                        .proof(moved.flatMap(Transaction::request).stream().toList())
                        .proof(outcome.get().transaction().request().stream().toList())
                        .finding());
    }

    private static boolean isOver(Dialog dialog, Instant at) {
        return dialog.byes().stream().anyMatch(bye -> bye.first().isBefore(at));
    }

    /// The PBX moves the transferor's media: to the target.
    private static Optional<Transaction> reinvite(Transfer transfer, Instant accepted) {
        return transfer.dialog().stream()
                .flatMap(dialog -> dialog.requests(Methods.INVITE).stream())
                .filter(one -> one.fromTag().same(transfer.refer().toTag()))
                .filter(one -> one.first().isAfter(accepted))
                .findFirst();
    }
}
