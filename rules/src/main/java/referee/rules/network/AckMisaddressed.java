// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// An ACK whose Request-URI is not the Contact of its 2xx, or a BYE whose Request-URI is no Contact
/// that the other side gave (RFC 3261 §12.2.1.1, §13.2.2.4).
public final class AckMisaddressed implements Rule.OnDialog {
    @Override
    public String id() {
        return "ack-misaddressed";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        for (var side : Side.of(dialog)) {
            var found = check(side, story);
            if (found.isPresent()) return List.of(found.get());
        }
        return List.of();
    }

    /// Many callers put the URI of the INVITE there and the other side takes it: only what was in
    /// vain is a fault.
    private Optional<Finding> check(Side side, Story story) {
        var routes = RouteSet.of(side);
        if (routes.isEmpty() || !routes.get().loose() || isUntold(side)) return Optional.empty();
        for (var sent : side.requests()) {
            if (!sent.isAck() && !sent.transaction().is(Methods.BYE)) continue;
            var uri = Target.ofRequest(sent.sighting().message());
            var told = sent.isAck() ? side.accepting(sent.transaction()) : side.told();
            var missed = uri.flatMap(one -> missed(one, told));
            if (missed.isPresent() && sent.isFruitless(story))
                return Optional.of(finding(sent, uri.get(), missed.get(), side, story));
        }
        return Optional.empty();
    }

    /// A 2xx without Contact leaves nothing else to put there: see missing-contact-in-2xx.
    private static boolean isUntold(Side side) {
        return side.told().stream()
                .map(Sighting::message)
                .filter(one -> !one.isRequest() && one.method().equals(Methods.INVITE))
                .anyMatch(one -> one.code() / 100 == 2 && Target.ofContact(one).isEmpty());
    }

    /// The message with the Contact that was to be the Request-URI, the last one given; empty where
    /// the Request-URI is one of those given.
    private static Optional<Sighting> missed(Target uri, List<Sighting> told) {
        var given = told.stream().flatMap(one -> Target.ofContact(one.message()).stream()).toList();
        var isGiven = given.stream().anyMatch(one -> isMeant(one, uri));
        if (given.isEmpty() || isGiven) return Optional.empty();
        return told.stream().filter(one -> isOf(given.getLast(), one)).findFirst();
    }

    private static boolean isMeant(Target contact, Target uri) {
        return !contact.isElsewhere(uri) && contact.user().equals(uri.user());
    }

    private static boolean isOf(Target contact, Sighting message) {
        return Target.ofContact(message.message()).filter(contact::equals).isPresent();
    }

    private Finding finding(Sent sent, Target uri, Sighting missed, Side side, Story story) {
        var contact = Target.ofContact(missed.message()).orElseThrow().text();
        var says =
                "%s went to %s, and the Contact is %s"
                        .formatted(sent.sighting().message().method(), uri.text(), contact);
        return story.finding(this, says)
                .proof(sent.sighting())
                .proof(sent.isAck() ? sent.ignored() : List.of())
                .proof(missed)
                .blames(side.isCaller() ? CLIENT : SERVER, side.at())
                .value("contact", contact)
                .finding();
    }
}
