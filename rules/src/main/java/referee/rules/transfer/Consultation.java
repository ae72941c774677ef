// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Dialog;
import referee.diagnosis.DialogIn;
import referee.diagnosis.Party;
import referee.diagnosis.Transfer;
import referee.evidence.Endpoint;
import referee.sip.Contact;
import referee.sip.From;
import referee.sip.Replaces;
import referee.sip.Slice;

/// The dialog that an attended transfer is to replace, and which end of it the transferor has (RFC
/// 5589 §7).
///
/// @param held the dialog, in whatever story
/// @param isCaller whether the transferor opened it
record Consultation(DialogIn held, boolean isCaller) {

    /// @return empty where the REFER replaces nothing that is here, or the transferor's end of it
    ///   cannot be told
    static Optional<Consultation> of(Transfer transfer, Case stories) {
        var held = replaces(transfer).flatMap(stories::dialog);
        return held.flatMap(one ->
                isCaller(one.dialog(), transfer.transferor())
                        .map(caller -> new Consultation(one, caller)));
    }

    static Optional<Replaces> replaces(Transfer transfer) {
        return transfer.target().flatMap(target -> target.replaces().optional());
    }

    /// Whether this address is the calling end of the dialog; empty if it is neither or both.
    static Optional<Boolean> isCaller(Dialog dialog, Endpoint at) {
        if (dialog.caller().isEmpty() || dialog.callee().isEmpty()) return Optional.empty();
        var caller = dialog.caller().get();
        var callee = dialog.callee().get();
        if (caller.equals(at) != callee.equals(at)) return Optional.of(caller.equals(at));
        var isCaller = caller.host().equals(at.host());
        return isCaller == callee.host().equals(at.host())
                ? Optional.empty()
                : Optional.of(isCaller);
    }

    Slice transferorTag() {
        return isCaller ? held.dialog().callerTag() : held.dialog().calleeTag();
    }

    Slice targetTag() {
        return isCaller ? held.dialog().calleeTag() : held.dialog().callerTag();
    }

    /// What Replaces should say, for the receiver of the INVITE that carries it (RFC 3891 §3).
    String right() {
        return "%s;to-tag=%s;from-tag=%s"
                .formatted(held.story().callId(), targetTag(), transferorTag());
    }

    /// Whether these are the tags of this dialog with the ends confused.
    boolean isSwapped(Replaces replaces) {
        return transferorTag().is(replaces.toTag().orElse(""))
                && targetTag().is(replaces.fromTag().orElse(""));
    }

    /// Whom the target was called as, or called from: its address-of-record.
    Optional<Party> record() {
        var invite = held.dialog().invite().flatMap(one -> one.message());
        return isCaller
                ? invite.flatMap(Party::called)
                : invite.flatMap(one -> one.first(From.KIND).optional())
                        .map(From::address)
                        .flatMap(Party::of);
    }

    /// Where the target itself said it can be reached.
    Optional<Party> contact() {
        var said =
                isCaller
                        ? held.dialog().answered().map(Answer::first).map(one -> one.message())
                        : held.dialog().invite().flatMap(invite -> invite.message());
        return said.flatMap(message -> message.first(Contact.KIND).optional())
                .flatMap(Contact::address)
                .flatMap(Party::of);
    }
}
