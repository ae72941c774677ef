// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import referee.evidence.Sighting;
import referee.sip.CSeq;
import referee.sip.Contact;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// Which refused requests were tried again under another Call-ID: a PBX follows a redirect with a
/// call of its own, and some clients begin anew after 420 to 423.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Followed {
    private static final int MOST = 20_000;
    private static final int MOST_TARGETS = 8;

    /// A call later than this is one of its own.
    private static final Duration SOON = Duration.ofSeconds(32);

    private record Asked(String callId, Instant at) {}

    private final Map<String, Asked> awaited = bounded();
    private final Map<String, Asked> followed = bounded();

    void learn(String callId, Sighting sighting) {
        var message = sighting.message();
        var code = message.code();
        if (message.isRequest()) {
            if (!awaited.isEmpty()) request(callId, sighting);
        } else if (code >= 300 && code < 400) {
            redirected(callId, sighting);
        } else if (code >= 420 && code <= 423) {
            var asked = new Asked(callId, sighting.at());
            awaited.put(again(sighting.to().host(), method(message), message), asked);
        }
    }

    /// Whether a request of this story was tried again under another Call-ID.
    boolean has(String callId) {
        return followed.containsKey(callId);
    }

    private void redirected(String callId, Sighting sighting) {
        var message = sighting.message();
        if (!method(message).equals(Methods.INVITE)) return;
        message.values(Contact.KIND).stream()
                .limit(MOST_TARGETS)
                .flatMap(contact -> contact.address().stream())
                .flatMap(address -> Party.of(address).stream())
                .forEach(target -> awaited.put(target(target), new Asked(callId, sighting.at())));
    }

    private void request(String callId, Sighting sighting) {
        var message = sighting.message();
        var method = message.method();
        if (method.equals(Methods.INVITE))
            Party.asked(message).ifPresent(one -> meet(target(one), callId, sighting.at()));
        meet(again(sighting.from().host(), method, message), callId, sighting.at());
    }

    private void meet(String key, String callId, Instant at) {
        var asked = awaited.get(key);
        if (asked == null || asked.callId().equals(callId)) return;
        if (!at.isBefore(asked.at()) && !at.isAfter(asked.at().plus(SOON)))
            followed.put(asked.callId(), asked);
    }

    private static String method(SipMessage response) {
        return response.first(CSeq.KIND).optional().map(CSeq::method).orElse("");
    }

    /// By its user alone: who follows a redirect may know the user under another host.
    private static String target(Party party) {
        return "> " + (party.user().isEmpty() ? party.host() : party.user());
    }

    private static String again(String host, String method, SipMessage message) {
        return Elsewhere.key(host, method, message);
    }

    private static Map<String, Asked> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
                return size() > MOST;
            }
        };
    }
}
