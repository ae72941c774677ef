// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;
import static referee.sip.Transport.TCP;
import static referee.sip.Transport.TLS;
import static referee.sip.Transport.UDP;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.evidence.Sighting;

/// A Contact that names another transport than its sender uses, and requests that were not heard
/// there (RFC 3261 §8.1.1.8, §19.1.1).
public final class ContactTransportMismatch implements Rule.OnStory {
    private static final int PLAIN = 5060;

    @Override
    public String id() {
        return "contact-transport-mismatch";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var given : Given.of(story)) {
            var mismatch = mismatch(given);
            if (mismatch.isEmpty()) continue;
            var unheard = given.unheard(story);
            var isSure = isOverOther(unheard, given);
            var proof = isSure ? unheard : given.unacknowledged(story);
            if (proof.isEmpty()) continue;
            var draft = draft(given, mismatch.get(), proof, story);
            findings.add((isSure ? draft : draft.certainty(LIKELY)).finding());
        }
        return findings;
    }

    /// Whether what was not heard travelled over something else than the dialog does.
    private static boolean isOverOther(List<Sighting> unheard, Given given) {
        return unheard.stream()
                .filter(s -> s.message().isRequest())
                .anyMatch(s -> s.transport() != given.by().transport());
    }

    /// What the Contact says against what its message travelled over; empty where both agree, or
    /// where only DNS could tell.
    private static Optional<String> mismatch(Given given) {
        var contact = given.contact();
        var used = given.by().transport();
        if (contact.secure() || used != UDP && used != TCP && used != TLS) return Optional.empty();
        if (contact.transport().isEmpty()) {
            var fixed = contact.isPortWritten() || contact.reach() != Reach.NAME;
            return used != UDP && fixed
                    ? Optional.of("names no transport, which means UDP")
                    : Optional.empty();
        }
        if (contact.way() == TLS && contact.isPortWritten() && contact.port() == PLAIN)
            return Optional.of("asks for TLS on port 5060");
        return contact.way() == used
                ? Optional.empty()
                : Optional.of("says transport=" + contact.way().word());
    }

    private Finding.Draft draft(Given given, String mismatch, List<Sighting> proof, Story story) {
        var used = given.by().transport().name();
        var outcome =
                proof.getFirst().message().isRequest()
                        ? "%s sent there was not heard"
                                .formatted(proof.getFirst().message().method())
                        : "no ACK comes";
        var says =
                "%s uses %s and its Contact %s %s; %s"
                        .formatted(
                                given.by().from(), used, given.contact().text(), mismatch, outcome);
        var draft =
                story.finding(this, says)
                        .proof(given.by())
                        .proof(proof)
                        .blames(given.isByServer() ? SERVER : CLIENT, given.by().from())
                        .value("contact", given.contact().text())
                        .value("transport", used.toLowerCase(Locale.ROOT));
        if (given.in().hops().size() > 1) draft.blames(MIDDLEBOX);
        return draft;
    }
}
