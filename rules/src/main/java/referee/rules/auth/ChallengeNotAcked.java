// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.Slice;

/// A 401 or 407 to an INVITE is repeated because its ACK does not come, or not as it must be (RFC
/// 3261 §17.1.1.3).
public final class ChallengeNotAcked implements Rule.OnTransaction {
    /// Copies of the response before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

    private static final Duration SOON = Duration.ofSeconds(4);

    @Override
    public String id() {
        return "challenge-not-acked";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE)) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var hop : transaction.hops()) {
            for (var answer : hop.answers()) {
                if (answer.isChallenge() && answer.copies().size() >= ENOUGH)
                    findings.addAll(check(answer, hop, transaction, story));
            }
        }
        return findings;
    }

    private List<Finding> check(Answer answer, Hop hop, Transaction invite, Story story) {
        if (story.isOneSided()) return List.of();
        if (!story.watchedFor(SOON, answer.first().at(), hop.client(), hop.server()))
            return List.of();
        var draft =
                story.finding(
                                this,
                                "%d to INVITE was sent %d times and %s"
                                        .formatted(
                                                answer.code(),
                                                answer.copies().size(),
                                                what(answer, hop, invite)))
                        .proof(answer.copies());
        var wrong = wrong(hop, invite);
        if (!wrong.isEmpty()) return draft.proof(wrong).blames(CLIENT, hop.client()).list();
        if (!hop.acks().isEmpty() && repeatedAfter(hop.acks().getLast(), answer) < ENOUGH)
            return List.of();
        return hop.acks().isEmpty()
                ? draft.certainty(LIKELY).blames(CLIENT, hop.client()).blames(NETWORK).list()
                : draft.proof(hop.acks()).certainty(LIKELY).blames(NETWORK).list();
    }

    private static String what(Answer answer, Hop hop, Transaction invite) {
        if (!wrong(hop, invite).isEmpty()) {
            return hop.acks().isEmpty()
                    ? "the ACK has another branch than the INVITE"
                    : "the ACK has another To tag than the response";
        }
        return hop.acks().isEmpty()
                ? "never acknowledged"
                : "went on %d times after its ACK"
                        .formatted(repeatedAfter(hop.acks().getLast(), answer));
    }

    /// ACKs that the server cannot take for its own: another branch, or another To tag.
    private static List<Sighting> wrong(Hop hop, Transaction invite) {
        if (hop.acks().isEmpty())
            return invite.acks().stream().filter(ack -> ack.from().equals(hop.client())).toList();
        var tag = hop.finalAnswer().map(Answer::toTag).orElse(Slice.EMPTY);
        return hop.acks().stream().allMatch(ack -> !toTag(ack).same(tag)) ? hop.acks() : List.of();
    }

    private static Slice toTag(Sighting ack) {
        return ack.message().raw(HeaderName.TO).map(NameAddr::tagOf).orElse(Slice.EMPTY);
    }

    private static long repeatedAfter(Sighting ack, Answer answer) {
        return answer.copies().stream().filter(copy -> copy.at().isAfter(ack.at())).count();
    }
}
