// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.reference.Code;
import referee.reference.Codes;
import referee.reference.Effect;
import referee.sip.Methods;

/// The end of the refer subscription is taken as the end of the call (RFC 6665 §4.5.2, RFC 5057
/// §4).
public final class CallDestroyedByNotifyTerminated implements Rule.OnTransfer {
    private static final Set<String> OF_THE_CALL =
            Set.of(Methods.INVITE, Methods.BYE, Methods.UPDATE, Methods.INFO, Methods.REFER);

    @Override
    public String id() {
        return "call-destroyed-by-notify-terminated";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var ended =
                transfer.notifies().stream()
                        .filter(one -> one.isTerminated() && one.transaction().isSuccess())
                        .findFirst();
        if (ended.isEmpty() || transfer.dialog().isEmpty()) return List.of();
        var dialog = transfer.dialog().get();
        var lost = lost(dialog, ended.get());
        if (lost.isEmpty() || isOver(dialog, lost.get())) return List.of();

        var request = lost.get();
        var says =
                "after the NOTIFY that ended the subscription, %s in the same call was answered with 481"
                        .formatted(request.method());
        var draft =
                transfer.finding(this, story, says)
                        .proof(ended.get().transaction().request().stream().toList())
                        .proof(request.sightings().toList());
        return Dialog.isFrom(transfer.refer().fromTag(), request)
                ? draft.blames(TRANSFEREE, request.lastHop().server()).list()
                : draft.blames(TRANSFEROR, request.lastHop().server()).list();
    }

    private static Optional<Transaction> lost(Dialog dialog, Notify ended) {
        return dialog.requests().stream()
                .filter(one -> OF_THE_CALL.contains(one.method()))
                .filter(one -> one.first().isAfter(ended.transaction().first()))
                .filter(one -> one.code() == 481)
                .findFirst();
    }

    /// Whether the call had another end: a BYE of either side, or an answer that ends it (RFC 5057
    /// §5.1).
    private static boolean isOver(Dialog dialog, Transaction lost) {
        return dialog.requests().stream()
                .filter(one -> !one.equals(lost))
                .anyMatch(one ->
                        one.first().isAfter(lost.last())
                                ? isLateBye(one, lost)
                                : one.is(Methods.BYE) || endsTheCall(one));
    }

    /// A BYE of the side that refuses may have been overtaken by its 481, or its first copies lost.
    private static boolean isLateBye(Transaction one, Transaction lost) {
        return one.is(Methods.BYE) && !one.fromTag().same(lost.fromTag());
    }

    private static boolean endsTheCall(Transaction one) {
        var effect = Codes.orGeneral(one.code()).map(Code::effect).orElse(Effect.NONE);
        return effect == Effect.DIALOG
                || effect == Effect.USAGE
                        && OF_THE_CALL.contains(one.method())
                        && !one.is(Methods.REFER);
    }
}
