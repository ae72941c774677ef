// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Case;
import referee.diagnosis.Certainty;
import referee.diagnosis.Dialog;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// The calls that a B2BUA, as the recipient of a REFER, has with others than the transferor.
record OtherLegs(Transfer transfer, Story story, Case stories) {

    /// The first BYE that the B2BUA itself sent, in this time, to somebody it had a call with
    /// before the REFER; one that only passes on a BYE it got is none.
    Optional<Transaction> hangUp(Instant from, Instant to) {
        return dialogs().stream()
                .flatMap(dialog -> dialog.byes().stream())
                .filter(bye -> isOwn(bye) && isBetween(bye.first(), from, to))
                .filter(bye -> !isPassedOn(bye))
                .findFirst();
    }

    /// Whether a party other than the transferor hung up before that instant.
    boolean isHungUpByOthers(Instant before) {
        return others().stream()
                .flatMap(other -> other.transactions().stream())
                .filter(one -> one.is(Methods.BYE) && !isOwn(one))
                .anyMatch(bye -> bye.first().isBefore(before));
    }

    /// How sure it is that these calls belong together.
    Certainty certainty() {
        var sure = stories.links().stream().allMatch(link -> link.certainty() == Certainty.PROVEN);
        return sure ? Certainty.PROVEN : Certainty.LIKELY;
    }

    private boolean isPassedOn(Transaction bye) {
        return isHungUpByOthers(bye.first());
    }

    private boolean isOwn(Transaction bye) {
        return bye.client().host().equals(transfer.transferee().host());
    }

    private List<Dialog> dialogs() {
        return others().stream()
                .flatMap(other -> other.dialogs().stream())
                .filter(this::isWithAnother)
                .filter(dialog ->
                        dialog.answered()
                                .filter(one -> one.first().at().isBefore(transfer.refer().first()))
                                .isPresent())
                .toList();
    }

    private boolean isWithAnother(Dialog dialog) {
        var transferor = transfer.transferor().host();
        return dialog.caller().filter(at -> at.host().equals(transferor)).isEmpty()
                && dialog.callee().filter(at -> at.host().equals(transferor)).isEmpty();
    }

    private List<Story> others() {
        return stories.stories().stream().filter(other -> other != story).toList();
    }

    private static boolean isBetween(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && !at.isAfter(to);
    }
}
