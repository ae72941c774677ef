// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;

/// A caller that acknowledges a 2xx and then leaves its further copies without an ACK (RFC 3261
/// §13.2.2.4).
public final class AckNotRepeated implements Rule.OnTransaction {
    /// One copy may have crossed the ACK, and its own ACK may be late.
    private static final int ENOUGH = 2;

    /// Copies that a run of lost packets hardly explains.
    private static final int MANY = 5;

    private static final Duration IN_FLIGHT = Duration.ofSeconds(1);

    @Override
    public String id() {
        return "ack-not-repeated";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        var hop = transaction.firstHop();
        if (!transaction.is(Methods.INVITE) || hop.depth() != 1) return List.of();
        for (var answer : hop.answers()) {
            var last =
                    answer.isSuccess() ? lastAck(answer, transaction) : Optional.<Sighting>empty();
            if (last.isEmpty()) continue;
            var unheeded = unheeded(answer, last.get());
            if (unheeded.size() >= ENOUGH && canSeeAcks(unheeded, transaction, story))
                return finding(answer, last.get(), unheeded, transaction, story);
        }
        return List.of();
    }

    private List<Finding> finding(
            Answer answer, Sighting ack, List<Sighting> unheeded, Transaction invite, Story story) {
        var says =
                "%d was seen %d times more after the last ACK, and the caller acknowledged none of these"
                        .formatted(answer.code(), unheeded.size());
        var draft =
                story.finding(this, says)
                        .proof(answer.first(), ack)
                        .proof(unheeded)
                        .blames(CLIENT, invite.client())
                        .blames(NETWORK)
                        .certainty(unheeded.size() < MANY || isAstray(ack) ? POSSIBLE : LIKELY);
        var contact = answer.first().message().raw(HeaderName.CONTACT);
        contact.ifPresent(value -> draft.value("contact", value));
        return draft.list();
    }

    /// Later ones may have got no further than the caller's own network.
    private static boolean isAstray(Sighting ack) {
        return Reach.of(ack.from().host()).isPublic() && !Reach.of(ack.to().host()).isPublic();
    }

    private static Optional<Sighting> lastAck(Answer answer, Transaction invite) {
        return invite.acks().stream()
                .filter(ack -> ack.from().host().equals(invite.client().host()))
                .filter(ack -> Sent.toTag(ack).same(answer.toTag()))
                .reduce((_, later) -> later);
    }

    private static List<Sighting> unheeded(Answer answer, Sighting ack) {
        var since = ack.at().plus(IN_FLIGHT);
        return answer.copies().stream().filter(copy -> copy.at().isAfter(since)).toList();
    }

    /// Whether an ACK to the last of these copies would be here.
    private static boolean canSeeAcks(List<Sighting> copies, Transaction invite, Story story) {
        var first = copies.getFirst().at();
        return !story.isOneSided()
                && story.watchedFor(
                        Duration.between(first, copies.getLast().at()).plus(IN_FLIGHT),
                        first,
                        invite.client(),
                        invite.server());
    }
}
