// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.sip.Methods;
import referee.sip.Slice;

/// A dialog that an INVITE opened, early or confirmed (RFC 3261 §12), or one whose opening was not
/// seen.
public final class Dialog {
    private final Optional<Transaction> invite;
    private final Slice callerTag;
    private final Slice calleeTag;
    private final List<Transaction> requests = new ArrayList<>(2);

    Dialog(Optional<Transaction> invite, Slice callerTag, Slice calleeTag) {
        this.invite = invite;
        this.callerTag = callerTag;
        this.calleeTag = calleeTag;
    }

    /// The INVITE that opened it; empty if it was not seen.
    public Optional<Transaction> invite() {
        return invite;
    }

    /// The From tag of the INVITE; where that was not seen, of the first request seen.
    public Slice callerTag() {
        return callerTag;
    }

    public Slice calleeTag() {
        return calleeTag;
    }

    /// The requests within the dialog, in the order seen, without ACK and CANCEL.
    public List<Transaction> requests() {
        return Collections.unmodifiableList(requests);
    }

    public List<Transaction> requests(String method) {
        return requests.stream().filter(request -> request.is(method)).toList();
    }

    /// The 2xx that confirmed it, on the caller's hop.
    public Optional<Answer> answered() {
        if (invite.isEmpty()) return Optional.empty();
        for (var answer : invite.get().answers()) {
            if (answer.isSuccess() && answer.toTag().same(calleeTag)) return Optional.of(answer);
        }
        return Optional.empty();
    }

    public boolean isConfirmed() {
        return answered().isPresent();
    }

    public List<Transaction> byes() {
        return requests(Methods.BYE);
    }

    /// Whether this tag's owner sent the request.
    public static boolean isFrom(Slice tag, Transaction request) {
        return request.fromTag().same(tag);
    }

    /// The address the calling end was seen at.
    public Optional<Endpoint> caller() {
        return invite.map(Transaction::client);
    }

    /// The address next to the called end that was seen.
    public Optional<Endpoint> callee() {
        return invite.map(request -> request.lastHop().server());
    }

    boolean has(Slice oneTag, Slice otherTag) {
        return callerTag.same(oneTag) && calleeTag.same(otherTag)
                || callerTag.same(otherTag) && calleeTag.same(oneTag);
    }

    void add(Transaction request) {
        requests.add(request);
    }

    /// Reads the dialogs off the transactions of one Call-ID.
    static List<Dialog> of(List<Transaction> transactions) {
        var dialogs = new ArrayList<Dialog>(1);
        for (var transaction : transactions) {
            if (transaction.isInDialog()) {
                dialogOf(transaction, dialogs).add(transaction);
            } else if (transaction.is(Methods.INVITE)) {
                open(transaction, dialogs);
            }
        }
        return dialogs;
    }

    private static void open(Transaction invite, List<Dialog> dialogs) {
        for (var hop : invite.hops()) {
            for (var answer : hop.answers()) {
                if (answer.code() <= 100 || answer.code() >= 300 || answer.toTag().isEmpty())
                    continue;
                if (find(invite.fromTag(), answer.toTag(), dialogs).isPresent()) continue;
                dialogs.add(new Dialog(Optional.of(invite), invite.fromTag(), answer.toTag()));
            }
        }
    }

    private static Dialog dialogOf(Transaction request, List<Dialog> dialogs) {
        return find(request.fromTag(), request.toTag(), dialogs)
                .orElseGet(() -> {
                    var unseen = new Dialog(Optional.empty(), request.fromTag(), request.toTag());
                    dialogs.add(unseen);
                    return unseen;
                });
    }

    private static Optional<Dialog> find(Slice oneTag, Slice otherTag, List<Dialog> dialogs) {
        for (var dialog : dialogs) {
            if (dialog.has(oneTag, otherTag)) return Optional.of(dialog);
        }
        return Optional.empty();
    }
}
