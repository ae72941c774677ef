// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Referred;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;

/// A B2BUA takes the transferor's BYE for the end of the call, and tears down the party that is
/// being transferred (RFC 5589 §6).
public final class ByeAfter2xxKillsTransfer implements Rule.OnCase {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /// A 2xx that is sent this often is not acknowledged.
    private static final int REPEATED = 3;

    @Override
    public String id() {
        return "bye-after-2xx-kills-transfer";
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
        var worked = transfer.outcome().filter(one -> one.code() < 300).isPresent();
        if (accepted.isEmpty() || worked) return Optional.empty();
        var bye =
                transfer.transferorByes().stream()
                        .filter(one -> !one.first().isBefore(accepted.get().at()))
                        .findFirst();
        return bye.filter(one -> !isToldBefore(transfer, one))
                .flatMap(one -> after(one, transfer, story, stories));
    }

    /// A call that ends after its transfer has failed ends like any other.
    private static boolean isToldBefore(Transfer transfer, Transaction bye) {
        return transfer.outcome()
                .filter(one -> one.transaction().first().isBefore(bye.first()))
                .isPresent();
    }

    private Optional<Finding> after(Transaction bye, Transfer transfer, Story story, Case stories) {
        var until = bye.first().plus(AT_ONCE);
        var legs = new OtherLegs(transfer, story, stories);
        var dropped = legs.hangUp(bye.first(), until);
        var others = legs.hungUpByOthers();
        var target =
                stories.referred(transfer).stream()
                        .map(Referred::leg)
                        .filter(leg -> isLetDown(leg, bye))
                        .filter(_ -> others.filter(at -> at.isBefore(until)).isEmpty())
                        .findFirst();
        if (dropped.isEmpty() && target.isEmpty()) return Optional.empty();

        var what =
                dropped.map(one -> "hung up on the party to be transferred")
                        .orElse("gave up the call to the target");
        var says = "after the transferor's BYE %s %s".formatted(transfer.transferee(), what);
        var draft =
                transfer.finding(this, story, says)
                        .certainty(dropped.isPresent() ? legs.certainty() : LIKELY)
                        .blames(MIDDLEBOX, transfer.transferee())
                        .proof(transfer.accepted().map(Answer::first).stream().toList())
                        .proof(bye.request().stream().toList())
                        .proof(dropped.flatMap(Transaction::request).stream().toList());
        target.ifPresent(leg ->
                draft.proof(
                        leg.story().cancelOf(leg.invite()).flatMap(Transaction::request).stream()
                                .toList()));
        target.map(Leg::invite)
                .flatMap(Transaction::finalAnswerAnywhere)
                .map(Answer::copies)
                .ifPresent(draft::proof);
        return Optional.of(draft.finding());
    }

    /// CANCEL right after the BYE, or a 2xx that nobody acknowledges, though the BYE is answered.
    private static boolean isLetDown(Leg leg, Transaction bye) {
        var cancelled =
                leg.story()
                        .cancelOf(leg.invite())
                        .filter(one -> !one.first().isBefore(bye.first()))
                        .filter(one -> !one.first().isAfter(bye.first().plus(AT_ONCE)))
                        .isPresent();
        var unacknowledged =
                leg.invite().acks().isEmpty()
                        && bye.finalAnswerAnywhere().isPresent()
                        && leg.invite()
                                .finalAnswer()
                                .filter(Answer::isSuccess)
                                .filter(one -> one.copies().size() >= REPEATED)
                                .isPresent();
        return cancelled || unacknowledged;
    }
}
