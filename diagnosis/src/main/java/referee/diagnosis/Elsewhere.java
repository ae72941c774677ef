// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Which requests came with credentials, whatever their Call-ID: some clients answer a challenge
/// with a new Call-ID.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Elsewhere {
    private static final int MOST = 20_000;

    /// A retry later than this is a call of its own.
    private static final Duration SOON = Duration.ofSeconds(32);

    private static final int LONGEST = 300;

    private record Sent(String callId, Instant at) {}

    private final Map<String, Sent> sent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
                    return size() > MOST;
                }
            };

    private final Nonces nonces = new Nonces();

    void learn(Sighting sighting) {
        nonces.learn(sighting);
        var message = sighting.message();
        if (!message.isRequest()) return;
        if (message.has(HeaderName.AUTHORIZATION) || message.has(HeaderName.PROXY_AUTHORIZATION)) {
            var callId = message.raw(HeaderName.CALL_ID).map(Slice::text).orElse("");
            sent.put(key(sighting), new Sent(callId, sighting.at()));
        }
    }

    /// What is known of other stories that bears on the credentials of this one.
    Past past(Story story) {
        return nonces.recall(story);
    }

    /// Whether a challenge in this story was answered under another Call-ID: the same sender,
    /// method, From and To, soon after.
    boolean hasAnswered(Story story) {
        for (var one : story.transactions()) {
            var request = one.request();
            if (!one.isChallenged() || request.isEmpty()) continue;
            var asked = one.finalAnswer().orElseThrow().first().at();
            var answered = sent.get(key(request.get()));
            if (answered != null
                    && !answered.callId().equals(story.callId())
                    && !answered.at().isBefore(asked)
                    && !answered.at().isAfter(asked.plus(SOON))) return true;
        }
        return false;
    }

    private static String key(Sighting sighting) {
        return key(sighting.from().host(), sighting.message().method(), sighting.message());
    }

    /// Who asks whom for what, whatever the Call-ID.
    static String key(String client, String method, SipMessage message) {
        var parties = address(message, HeaderName.FROM) + " " + address(message, HeaderName.TO);
        var key = client + " " + method + " " + parties;
        return key.length() <= LONGEST ? key : key.substring(0, LONGEST);
    }

    /// From or To up to the end of its URI, which leaves the tag out.
    private static String address(SipMessage message, HeaderName name) {
        var index = message.indexOf(name);
        var value = index < 0 ? Slice.EMPTY : message.value(index);
        var open = value.indexOf('<');
        var close = open < 0 ? value.indexOf(';') : value.indexOf('>', open);
        return value.sub(Math.max(0, open), close < 0 ? value.length() : close).text();
    }
}
