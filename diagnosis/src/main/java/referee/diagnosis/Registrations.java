// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import referee.evidence.Sighting;
import referee.sip.CSeq;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// Who was registered, and until when, as far as 2xx to REGISTER told. A registration outlives the
/// story it is in: the next REGISTER of the same Call-ID may begin another.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Registrations {
    private static final int MOST = 20_000;

    /// Octets of the messages kept: some thousand registrations.
    private static final long MOST_OCTETS = 16L << 20;

    private final Map<Party, Registration> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Party, Registration> eldest) {
                    return size() > MOST;
                }
            };

    /// The REGISTER of each Call-ID that was accepted last.
    private final SequencedMap<String, Transaction> accepted = new LinkedHashMap<>();

    private long octets;

    /// Reads a 2xx to REGISTER. Tells the story of a call how the one it asks for is registered,
    /// and that of a registration what went before.
    void learn(Sighting sighting, Story story) {
        var message = sighting.message();
        if (!message.isRequest()) {
            if (message.code() >= 200 && message.code() < 300) learnAccepted(sighting, story);
        } else if (message.method().equals(Methods.INVITE)) {
            if (known.isEmpty() || story.callee().isPresent()) return;
            Party.asked(message).map(known::get).ifPresent(story::callee);
        } else if (message.method().equals(Methods.REGISTER) && story.messages() == 1) {
            var before = accepted.get(story.callId());
            if (before != null) story.follows(before);
        }
    }

    private void learnAccepted(Sighting sighting, Story story) {
        var cseq = sighting.message().first(CSeq.KIND).optional();
        if (cseq.isEmpty() || !cseq.get().method().equals(Methods.REGISTER)) return;
        Party.called(sighting.message()).ifPresent(party -> note(party, sighting));
        for (var one : story.transactions()) {
            if (one.is(Methods.REGISTER) && one.cseq() == cseq.get().number())
                keep(story.callId(), one.brief());
        }
    }

    private void keep(String callId, Transaction registration) {
        var before = accepted.remove(callId);
        if (before != null) octets -= octets(before);
        accepted.put(callId, registration);
        octets += octets(registration);
        while (octets > MOST_OCTETS) octets -= octets(accepted.pollFirstEntry().getValue());
    }

    private static long octets(Transaction registration) {
        return registration
                .sightings()
                .mapToLong(one -> one.message().bytes().length() + Story.PER_MESSAGE)
                .sum();
    }

    /// Without Contact nothing is said of what is registered.
    private void note(Party party, Sighting accepted) {
        if (accepted.message().has(HeaderName.CONTACT)) {
            var until = accepted.at().plusSeconds(longest(accepted.message()));
            known.put(party, new Registration(accepted.at(), until));
        } else {
            known.remove(party);
        }
    }

    /// The seconds of the binding that lasts longest; without any word of it an hour.
    private static long longest(SipMessage accepted) {
        var general = accepted.first(Expires.KIND).optional().map(Expires::seconds).orElse(3_600L);
        return accepted.values(Contact.KIND).stream()
                .mapToLong(contact -> contact.expires().orElse(general))
                .max()
                .orElse(general);
    }
}
