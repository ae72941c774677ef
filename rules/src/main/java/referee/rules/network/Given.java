// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import referee.diagnosis.Hop;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// A Contact that somebody gave for requests to come, and what became of those.
///
/// @param by the message it stands in, as it was seen first
/// @param in the transaction of that message
record Given(Target contact, Sighting by, Transaction in) {
    private static final Set<String> GIVING =
            Set.of(
                    Methods.INVITE,
                    Methods.SUBSCRIBE,
                    Methods.NOTIFY,
                    Methods.REFER,
                    Methods.UPDATE);

    /// Copies of a 2xx that show that its ACK does not come.
    private static final int COPIES = 4;

    private static final Duration SOON = Duration.ofSeconds(10);

    /// Every place that was given, once.
    static List<Given> of(Story story) {
        var given = new ArrayList<Given>(2);
        for (var one : story.transactions()) {
            if (!GIVING.contains(one.method())) continue;
            for (var hop : one.hops()) {
                hop.requests().stream().limit(1).forEach(s -> add(s, one, given));
                hop.answers().stream()
                        .filter(answer -> answer.code() > 100 && answer.code() < 300)
                        .forEach(answer -> add(answer.first(), one, given));
            }
        }
        return given;
    }

    private static void add(Sighting by, Transaction in, List<Given> given) {
        var contact = Target.ofContact(by.message());
        if (contact.isEmpty()) return;
        for (var one : given) {
            if (one.contact().isSamePlace(contact.get())) return;
        }
        given.add(new Given(contact.get(), by, in));
    }

    /// The requests that were sent to this very place and not heard there; empty if there are none,
    /// or if anything that went there was.
    List<Sighting> unheard(Story story) {
        var unheard = new ArrayList<Sighting>(2);
        for (var one : story.transactions()) {
            for (var hop : one.hops()) {
                if (!contact.isAt(hop.server()) || !isNews(hop, one)) continue;
                if (!hop.answers().isEmpty()) return List.of();
                if (Sent.isUnanswered(one, story)) unheard.addAll(hop.requests());
            }
            var ack = one.acks().stream().filter(s -> contact.isAt(s.to())).findFirst();
            if (ack.isEmpty()) continue;
            var ignored = new Sent(ack.get(), one).ignored();
            if (ignored.isEmpty()) return List.of();
            unheard.add(ack.get());
            unheard.addAll(ignored);
        }
        return unheard;
    }

    /// The Contact counts for what was sent after it was given.
    private boolean isNews(Hop hop, Transaction one) {
        return !hop.requests().isEmpty()
                && !one.equals(in)
                && !hop.requests().getFirst().at().isBefore(by.at());
    }

    /// The copies of the 2xx that gave it, where these go on and no ACK was seen at all; empty
    /// otherwise.
    List<Sighting> unacknowledged(Story story) {
        if (!in.is(Methods.INVITE) || !in.acks().isEmpty() || story.isOneSided()) return List.of();
        for (var hop : in.hops()) {
            var repeated =
                    hop.answers().stream()
                            .filter(answer -> answer.isSuccess())
                            .filter(answer -> answer.copies().size() >= COPIES)
                            .filter(answer ->
                                    Target.ofContact(answer.first().message())
                                            .filter(contact::isSamePlace)
                                            .isPresent())
                            .findFirst();
            if (repeated.isEmpty()) continue;
            var since = repeated.get().first().at();
            var deaf = hop.requests().stream().anyMatch(copy -> copy.at().isAfter(since));
            if (!deaf && story.watchedFor(SOON, since, hop.client(), hop.server()))
                return repeated.get().copies();
        }
        return List.of();
    }

    /// Whether the one who gave it is called, rather than calls.
    boolean isByServer() {
        return !by.message().isRequest();
    }
}
