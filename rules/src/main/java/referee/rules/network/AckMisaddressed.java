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
import referee.sip.Methods;

/// An ACK or BYE whose Request-URI is no Contact that the other side gave, or an ACK that leaves
/// the recorded route (RFC 3261 §12.2.1.1, §13.2.2.4).
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
            var found = target(side, story).or(() -> route(side, story));
            if (found.isPresent()) return List.of(found.get());
        }
        return List.of();
    }

    /// Many callers put the URI of the INVITE there and the other side takes it: only what was in
    /// vain is a fault.
    private Optional<Finding> target(Side side, Story story) {
        var routes = RouteSet.of(side);
        if (routes.isEmpty() || !routes.get().loose()) return Optional.empty();
        for (var sent : side.requests()) {
            if (!sent.isAck() && !sent.transaction().is(Methods.BYE)) continue;
            var uri = Target.ofRequest(sent.sighting().message());
            var contact = uri.flatMap(one -> missed(one, side));
            if (contact.isPresent() && sent.isFruitless(story))
                return Optional.of(finding(sent, uri.get(), contact.get(), side, story));
        }
        return Optional.empty();
    }

    /// The Contact that was to be the Request-URI; empty where the Request-URI is one of those
    /// given.
    private static Optional<Target> missed(Target uri, Side side) {
        var contacts =
                side.told().stream().flatMap(s -> Target.ofContact(s.message()).stream()).toList();
        for (var contact : contacts) {
            if (!contact.isElsewhere(uri) && contact.user().equals(uri.user()))
                return Optional.empty();
        }
        return contacts.stream().reduce((_, later) -> later);
    }

    private Finding finding(Sent sent, Target uri, Target contact, Side side, Story story) {
        var says =
                "%s went to %s, and the Contact is %s"
                        .formatted(sent.sighting().message().method(), uri.text(), contact.text());
        var draft = draft(says, sent, side, story).value("contact", contact.text());
        side.told().stream()
                .filter(s -> Target.ofContact(s.message()).filter(contact::equals).isPresent())
                .findFirst()
                .ifPresent(draft::proof);
        return draft.finding();
    }

    /// An ACK in vain that alone leaves the route; where other requests do, see route-set-ignored.
    private Optional<Finding> route(Side side, Story story) {
        var routes = RouteSet.of(side).filter(one -> one.loose() && !one.isEmpty());
        if (routes.isEmpty()) return Optional.empty();
        var strayed =
                side.requests().stream()
                        .filter(sent -> !routes.get().isKeptBy(sent.sighting()))
                        .toList();
        if (strayed.isEmpty() || !strayed.stream().allMatch(Sent::isAck)) return Optional.empty();
        var ack = strayed.getFirst();
        if (!ack.isFruitless(story)) return Optional.empty();
        var says =
                "ACK %s, and the 2xx recorded %s"
                        .formatted(routes.get().wrong(ack.sighting(), side), routes.get());
        return Optional.of(draft(says, ack, side, story).value("route", routes.get()).finding());
    }

    private Finding.Draft draft(String says, Sent sent, Side side, Story story) {
        return story.finding(this, says)
                .proof(sent.sighting())
                .proof(sent.isAck() ? sent.ignored() : List.of())
                .blames(side.isCaller() ? CLIENT : SERVER, side.at());
    }
}
