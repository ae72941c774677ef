// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.TRANSFEREE;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;

/// NOTIFYs overtake one another on the way (RFC 3261 §12.2.2, RFC 3515 §3.10).
public final class ReferNotifyOutOfOrder implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-out-of-order";
    }

    @Override
    public Severity severity() {
        return Severity.LOW;
    }

    private record Pair(Transaction late, Transaction early) {
        /// The later number was answered before the earlier one was seen at all, or the earlier one
        /// was refused for its number.
        boolean isProven() {
            return late.code() == 500;
        }
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var pair = overtaken(transfer);
        if (pair.isEmpty()) return List.of();
        var late = pair.get().late();
        var early = pair.get().early();
        var says =
                "NOTIFY %d came before NOTIFY %d, which was answered with %d"
                        .formatted(early.cseq(), late.cseq(), late.code());
        var draft =
                transfer.finding(this, story, says)
                        .certainty(pair.get().isProven() ? PROVEN : LIKELY)
                        .proof(early.sightings().toList())
                        .proof(late.sightings().toList());
        return wereInOrder(pair.get())
                ? draft.blames(MIDDLEBOX, late.lastHop().client()).list()
                : draft.blames(TRANSFEREE, transfer.transferee()).blames(MIDDLEBOX).list();
    }

    private static Optional<Pair> overtaken(Transfer transfer) {
        var all = transfer.notifies().stream().map(Notify::transaction).toList();
        for (var late : all) {
            for (var early : all) {
                var pair = new Pair(late, early);
                if (late.cseq() < early.cseq()
                        && late.fromTag().same(early.fromTag())
                        && came(early).isBefore(came(late))
                        && (pair.isProven() || isAnsweredBefore(early, came(late))))
                    return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    private static boolean isAnsweredBefore(Transaction early, Instant late) {
        return early.isSuccess()
                && early.lastHop()
                        .finalAnswer()
                        .filter(one -> one.first().at().isBefore(late))
                        .isPresent();
    }

    /// When it came to the transferor's end of the way, as far as seen.
    private static Instant came(Transaction notify) {
        return first(notify.lastHop()).orElse(notify.first());
    }

    private static Optional<Instant> first(Hop hop) {
        return hop.requests().stream().findFirst().map(Sighting::at);
    }

    /// Whether both were seen leaving the transferee in their order.
    private static boolean wereInOrder(Pair pair) {
        if (pair.late().hops().size() < 2 || pair.early().hops().size() < 2) return false;
        var late = first(pair.late().firstHop());
        var early = first(pair.early().firstHop());
        return late.isPresent() && early.isPresent() && late.get().isBefore(early.get());
    }
}
