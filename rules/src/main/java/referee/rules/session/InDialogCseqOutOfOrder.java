// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// A request within a dialog whose CSeq is not higher than that of the one before, and so refused
/// with 500 (RFC 3261 §12.2.2).
public final class InDialogCseqOutOfOrder implements Rule.OnDialog {
    /// How long a client repeats a request (RFC 3261 §17.1).
    private static final Duration IN_FLIGHT = Duration.ofSeconds(32);

    @Override
    public String id() {
        return "in-dialog-cseq-out-of-order";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var request : dialog.requests()) {
            if (!isRefused(request)) continue;
            before(request, dialog)
                    .ifPresent(before -> findings.add(finding(request, before, dialog, story)));
        }
        return findings;
    }

    /// NOTIFY has rules of its own.
    private static boolean isRefused(Transaction request) {
        return request.code() == 500
                && request.cseq() >= 0
                && request.request().isPresent()
                && !request.is(Methods.NOTIFY);
    }

    /// An earlier request of the same side with the same or a higher number.
    private static Optional<Transaction> before(Transaction request, Dialog dialog) {
        var earlier = new ArrayList<Transaction>();
        dialog.invite()
                .filter(invite -> Dialog.isFrom(request.fromTag(), invite))
                .ifPresent(earlier::add);
        dialog.requests().stream()
                .filter(one -> !one.equals(request) && Dialog.isFrom(request.fromTag(), one))
                .forEach(earlier::add);
        return earlier.stream()
                .filter(one -> one.first().isBefore(request.first()))
                .filter(one -> one.client().host().equals(request.client().host()))
                .filter(one -> one.request().isPresent() && one.cseq() >= request.cseq())
                .findFirst();
    }

    /// Whether the network may have changed their places, or lost the first copies of this one. It
    /// cannot change that of the INVITE that opened the dialog.
    private static boolean isOvertaken(Transaction request, Transaction before, Dialog dialog) {
        return before.cseq() > request.cseq()
                && dialog.invite().filter(opened -> opened.equals(before)).isEmpty()
                && Duration.between(before.first(), request.first()).compareTo(IN_FLIGHT) < 0;
    }

    private Finding finding(Transaction request, Transaction before, Dialog dialog, Story story) {
        var says =
                "%s with CSeq %d came after %s with CSeq %d of the same side, and was refused with 500"
                        .formatted(
                                request.method(), request.cseq(), before.method(), before.cseq());
        var draft = story.finding(this, says).blames(CLIENT, request.client());
        if (isOvertaken(request, before, dialog)) draft.blames(NETWORK).certainty(POSSIBLE);
        return draft.proof(before.request().stream().toList())
                .proof(request.request().stream().toList())
                .proof(request.finalAnswer().orElseThrow().first())
                .value("last", before.cseq())
                .value("next", before.cseq() + 1)
                .finding();
    }
}
