// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Slice;
import referee.sip.StartLine;

/// The same request reaches one server twice, and the second is refused with 482 (RFC 3261
/// §8.2.2.2).
public final class MergedOrSpiral482 implements Rule.OnTransaction {
    private record Copy(Hop hop, Slice uri) {}

    @Override
    public String id() {
        return "merged-or-spiral-482";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        var refused = refused(transaction);
        if (refused.isEmpty() || isSaved(transaction, story)) return List.of();
        var hop = refused.get();
        var other = other(hop, transaction, story);
        var draft =
                story.finding(this, says(transaction, hop, other))
                        .proof(hop.requests())
                        .proof(hop.finalAnswer().orElseThrow().first())
                        .value("server", hop.server());
        if (other.isEmpty())
            return draft.certainty(POSSIBLE).blames(OPERATOR).blames(SERVER, hop.server()).list();
        draft.proof(other.get().hop().requests());
        if (isEnded(other.get().hop(), hop)) return draft.blames(SERVER, hop.server()).list();
        return isSpiral(other.get(), hop)
                ? draft.certainty(LIKELY).blames(SERVER, hop.server()).blames(OPERATOR).list()
                : draft.blames(OPERATOR, hop.client()).list();
    }

    private static String says(Transaction transaction, Hop hop, Optional<Copy> other) {
        var method = transaction.method();
        if (other.isEmpty())
            return "%s was refused by %s with 482; the other copy was not seen"
                    .formatted(method, hop.server());
        if (isEnded(other.get().hop(), hop))
            return "%s was refused by %s with 482 although the earlier one had ended"
                    .formatted(method, hop.server());
        return isSpiral(other.get(), hop)
                ? "%s came to %s again with another Request-URI and was refused with 482"
                        .formatted(method, hop.server())
                : "%s came to %s twice, by two ways, and the second was refused with 482"
                        .formatted(method, hop.server());
    }

    private static Optional<Hop> refused(Transaction transaction) {
        return transaction.hops().stream()
                .filter(hop -> !hop.requests().isEmpty())
                .filter(hop -> hop.finalAnswer().filter(a -> a.code() == 482).isPresent())
                .reduce((_, deepest) -> deepest);
    }

    /// A branch of a fork may be lost while another succeeds. And 482 to a retry that looks like
    /// the request before it is about its CSeq: see cseq-not-incremented.
    private static boolean isSaved(Transaction transaction, Story story) {
        for (var one : story.transactions(transaction.method())) {
            if (one.cseq() != transaction.cseq()) continue;
            if (one.isChallenged() && !one.equals(transaction)) return true;
            if (one.isSuccess() || one.code() == 0 && one.hasProvisional()) return true;
        }
        return transaction.code() != 482;
    }

    /// The request that came to the same server before, by another way.
    private static Optional<Copy> other(Hop refused, Transaction transaction, Story story) {
        var copies = new ArrayList<Hop>();
        for (var one : story.transactions(transaction.method())) {
            if (one.cseq() == transaction.cseq() && one.fromTag().same(transaction.fromTag()))
                copies.addAll(one.hops());
        }
        return copies.stream()
                .filter(hop -> hop != refused && !hop.requests().isEmpty())
                .filter(hop -> hop.server().equals(refused.server()))
                .filter(hop -> !hop.branch().same(refused.branch()))
                .filter(hop ->
                        hop.requests()
                                .getFirst()
                                .at()
                                .isBefore(refused.finalAnswer().orElseThrow().first().at()))
                .map(hop -> new Copy(hop, uri(hop)))
                .findFirst();
    }

    private static boolean isEnded(Hop earlier, Hop later) {
        var end = earlier.finalAnswer().map(answer -> answer.first().at());
        return end.isPresent() && end.get().isBefore(later.requests().getFirst().at());
    }

    private static boolean isSpiral(Copy other, Hop refused) {
        return !other.uri().same(uri(refused));
    }

    private static Slice uri(Hop hop) {
        return hop.requests().getFirst().message().start() instanceof StartLine.Request line
                ? line.uri()
                : Slice.EMPTY;
    }
}
