// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.RSeq;
import referee.sip.Slice;

/// One provisional response sent reliably, with its retransmissions (RFC 3262 §3), as seen next to
/// the called side. Each branch of a fork has numbers of its own.
///
/// @param copies until the INVITE got its final response; never empty
record Reliable(int code, Slice toTag, long rseq, List<Sighting> copies) {
    private static final Duration CLOSE = Duration.ofMillis(100);

    static List<Reliable> of(Transaction invite) {
        var found = new ArrayList<Reliable>(0);
        var hop = invite.lastHop();
        var end = hop.finalAnswer().map(Answer::first);
        for (var answer : hop.answers()) {
            if (answer.code() <= 100 || !answer.isProvisional()) continue;
            for (var copy : answer.copies()) {
                if (end.isPresent() && copy.at().isAfter(end.get().at())) continue;
                add(answer, copy, found);
            }
        }
        return found;
    }

    private static void add(Answer answer, Sighting copy, List<Reliable> found) {
        var message = copy.message();
        var required = message.values(OptionTag.REQUIRE).stream().anyMatch(tag -> tag.is("100rel"));
        var rseq = message.first(RSeq.KIND).optional();
        if (!required || rseq.isEmpty()) return;
        for (var one : found) {
            if (one.rseq == rseq.get().number() && one.toTag.same(answer.toTag())) {
                if (isLater(one.copies.getLast(), copy)) one.copies.add(copy);
                return;
            }
        }
        found.add(
                new Reliable(
                        answer.code(),
                        answer.toTag(),
                        rseq.get().number(),
                        new ArrayList<>(List.of(copy))));
    }

    /// Copies closer than this are one, seen at two places.
    private static boolean isLater(Sighting last, Sighting copy) {
        return Duration.between(last.at(), copy.at()).compareTo(CLOSE) > 0;
    }

    Sighting first() {
        return copies.getFirst();
    }

    /// Such as `180 with RSeq 1`.
    String name() {
        return code + " with RSeq " + rseq;
    }

    /// What RAck must say for it.
    String rack(Transaction invite) {
        return rseq + " " + invite.cseq() + " " + Methods.INVITE;
    }

    /// Whether this PRACK acknowledges it: all three numbers of RAck, in the same early dialog.
    boolean isFor(Transaction prack, Transaction invite) {
        return prack.toTag().same(toTag)
                && PrackMissingOrUnmatched.rack(prack)
                        .map(rack ->
                                rack.rseq() == rseq
                                        && rack.cseq() == invite.cseq()
                                        && rack.method().equals(Methods.INVITE))
                        .orElse(false);
    }

    long copiesAfter(Answer answer) {
        return copies.stream().filter(copy -> copy.at().isAfter(answer.first().at())).count();
    }
}
