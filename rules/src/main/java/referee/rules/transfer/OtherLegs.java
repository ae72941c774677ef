// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import referee.diagnosis.Case;
import referee.diagnosis.Certainty;
import referee.diagnosis.Dialog;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.evidence.Endpoint;
import referee.sip.Slice;

/// The calls that a B2BUA, as the recipient of a REFER, has with others than the transferor.
record OtherLegs(Transfer transfer, Story story, Case stories) {

    /// The first BYE that the B2BUA itself sent, in this time, to somebody it had a call with
    /// before the REFER; one that only passes on a BYE it got is none.
    Optional<Transaction> hangUp(Instant from, Instant to) {
        var others = hungUpByOthers();
        return dialogs()
                .flatMap(dialog ->
                        dialog.byes().stream().filter(bye -> Dialog.isFrom(own(dialog), bye)))
                .filter(bye -> !bye.first().isBefore(from) && !bye.first().isAfter(to))
                .filter(bye -> others.filter(at -> at.isBefore(bye.first())).isEmpty())
                .findFirst();
    }

    /// When a party other than the transferor first hung up.
    Optional<Instant> hungUpByOthers() {
        return dialogs()
                .flatMap(dialog ->
                        dialog.byes().stream().filter(bye -> !Dialog.isFrom(own(dialog), bye)))
                .map(Transaction::first)
                .min(Instant::compareTo);
    }

    /// How sure it is that these calls belong together.
    Certainty certainty() {
        var sure = stories.links().stream().allMatch(link -> link.certainty() == Certainty.PROVEN);
        return sure ? Certainty.PROVEN : Certainty.LIKELY;
    }

    /// The B2BUA's own tag: it is called by who was there before the transferor, and calls who came
    /// after it. It may have another address on each side.
    private Slice own(Dialog dialog) {
        var first = transfer.dialog().flatMap(Dialog::invite).map(Transaction::first);
        var here = dialog.invite().map(Transaction::first);
        var called =
                first.isPresent() && here.isPresent()
                        ? here.get().isBefore(first.get())
                        : dialog.callee().filter(this::isTransferee).isPresent();
        return called ? dialog.calleeTag() : dialog.callerTag();
    }

    private boolean isTransferee(Endpoint at) {
        return at.host().equals(transfer.transferee().host());
    }

    /// Those that stood when the REFER came, with others than the transferor.
    private Stream<Dialog> dialogs() {
        return stories.stories().stream()
                .filter(other -> other != story)
                .flatMap(other -> other.dialogs().stream())
                .filter(this::isWithAnother)
                .filter(dialog ->
                        dialog.answered()
                                .filter(one -> one.first().at().isBefore(transfer.refer().first()))
                                .isPresent());
    }

    private boolean isWithAnother(Dialog dialog) {
        var transferor = transfer.transferor().host();
        return dialog.caller().filter(at -> at.host().equals(transferor)).isEmpty()
                && dialog.callee().filter(at -> at.host().equals(transferor)).isEmpty();
    }
}
