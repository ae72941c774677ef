// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.OPERATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.evidence.Sighting;
import referee.sip.Transport;

/// A Contact that its receiver cannot reach, and requests that were not heard there (RFC 3261
/// §8.1.1.8, §12.1.1).
public final class PrivateAddressInContact implements Rule.OnStory {
    @Override
    public String id() {
        return "private-address-in-contact";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var given : Given.of(story)) {
            if (isOutOfReach(given)) check(given, story).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Given given, Story story) {
        var unheard = given.unheard(story);
        if (!unheard.isEmpty()) return Optional.of(finding(given, unheard, story).finding());
        var unacknowledged = given.unacknowledged(story);
        if (unacknowledged.isEmpty()) return Optional.empty();
        return Optional.of(finding(given, unacknowledged, story).certainty(LIKELY).finding());
    }

    /// Whether an address that works only elsewhere was given to somebody in the public network. A
    /// WebSocket client has no other address (RFC 7118 §5).
    private static boolean isOutOfReach(Given given) {
        var by = given.by();
        var web =
                isWeb(by.transport())
                        || given.contact().transport().map(t -> isWeb(t)).orElse(false);
        if (web) return false;
        return switch (given.contact().reach()) {
            case PUBLIC, NAME -> false;
            case PRIVATE ->
                    Reach.of(by.from().host()).isPublic() || Reach.of(by.to().host()).isPublic();
            case NOWHERE -> !by.from().host().equals(by.to().host());
        };
    }

    private static boolean isWeb(Transport transport) {
        return transport == Transport.WS || transport == Transport.WSS;
    }

    private Finding.Draft finding(Given given, List<Sighting> proof, Story story) {
        var what =
                given.by().message().isRequest()
                        ? given.by().message().method()
                        : given.by().message().code() + " to " + given.in().method();
        var outcome =
                proof.getFirst().message().isRequest()
                        ? "%s sent there was not heard"
                                .formatted(proof.getFirst().message().method())
                        : "it is repeated, since no ACK comes";
        var says =
                "the %s from %s has the Contact %s, which is %s, and %s"
                        .formatted(
                                what,
                                given.by().from(),
                                given.contact().text(),
                                kind(given.contact()),
                                outcome);
        return story.finding(this, says)
                .proof(given.by())
                .proof(proof)
                .blames(OPERATOR, given.by().from())
                .value("contact", given.contact().text())
                .value("seen", given.by().from());
    }

    private static String kind(Target contact) {
        return contact.reach() == Reach.PRIVATE ? "a private address" : "no address of any host";
    }
}
