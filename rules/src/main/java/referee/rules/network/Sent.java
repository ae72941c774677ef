// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.time.Duration;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Hop;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.Slice;

/// A request as somebody sent it within a dialog.
///
/// @param transaction its own; for an ACK to a 2xx that of its INVITE
record Sent(Sighting sighting, Transaction transaction) {
    /// A 2xx that was repeated so often behind its ACK did not get it.
    private static final int COPIES = 2;

    /// Copies of a 2xx this soon behind an ACK were on their way already.
    private static final Duration IN_FLIGHT = Duration.ofMillis(250);

    boolean isAck() {
        return sighting.message().method().equals(Methods.ACK);
    }

    /// Whether it did not do what it was to do: refused, unanswered for as long as its sender
    /// waits, or an ACK that does not stop the 2xx.
    boolean isFruitless(Story story) {
        return isAck() ? !ignored().isEmpty() : isRefused() || isUnanswered(transaction, story);
    }

    private boolean isRefused() {
        var answer = transaction.finalAnswerAnywhere();
        return answer.isPresent() && answer.get().code() >= 400 && !answer.get().isChallenge();
    }

    /// The copies of the 2xx behind this ACK; empty where they are too few to say.
    List<Sighting> ignored() {
        var tag = toTag(sighting);
        for (var hop : transaction.hops()) {
            var later = later(hop, tag);
            if (later.size() >= COPIES) return later;
        }
        return List.of();
    }

    private List<Sighting> later(Hop hop, Slice tag) {
        var since = sighting.at().plus(IN_FLIGHT);
        return hop.answers().stream()
                .filter(answer -> answer.isSuccess() && answer.toTag().same(tag))
                .flatMap(answer -> answer.copies().stream())
                .filter(copy -> copy.at().isAfter(since))
                .toList();
    }

    /// Whether nobody answered on any hop, for as long as the client waits.
    static boolean isUnanswered(Transaction one, Story story) {
        var hop = one.lastHop();
        if (hop.requests().isEmpty() || one.finalAnswerAnywhere().isPresent()) return false;
        var first = hop.requests().getFirst().at();
        return hop.answers().stream().allMatch(Answer::isProvisional)
                && !(one.is(Methods.INVITE) && one.hasProvisional())
                && story.watchedFor(
                        one.patience(story.timers()), first, hop.client(), hop.server());
    }

    static Slice toTag(Sighting sighting) {
        var message = sighting.message();
        var index = message.indexOf(HeaderName.TO);
        return index < 0 ? Slice.EMPTY : NameAddr.tagOf(message.value(index));
    }
}
