// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.RetryAfter;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Which servers asked not to be sent anything for a while, and who did all the same, whatever the
/// Call-ID (RFC 3261 §21.5.4).
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Overloads {
    private static final int MOST = 2_000;

    /// Early requests kept with one refusal.
    private static final int EACH = 10;

    /// What the client sent before it can have read the 503.
    private static final Duration IN_FLIGHT = Duration.ofMillis(200);

    private static final long LONGEST = 86_400;

    private record Way(String client, Endpoint server) {}

    private final SequencedMap<Way, Overload> open = new LinkedHashMap<>();

    void learn(Sighting sighting) {
        if (sighting.message().code() == 503) refused(sighting);
        else if (!open.isEmpty() && opens(sighting.message())) asked(sighting);
    }

    private void refused(Sighting refusal) {
        var wait = refusal.message().first(RetryAfter.KIND).optional();
        if (wait.isEmpty() || wait.get().seconds() == 0) return;
        var way = way(refusal);
        var until = refusal.at().plusSeconds(Math.min(wait.get().seconds(), LONGEST));
        var known = open.get(way);
        if (known != null && refusal.at().isBefore(known.until())) return;
        open.remove(way);
        open.put(way, new Overload(refusal, until, new ArrayList<>(0)));
        if (open.size() > MOST) open.pollFirstEntry();
    }

    private void asked(Sighting request) {
        var known = open.get(new Way(request.from().host(), request.to()));
        if (known == null || known.early().size() >= EACH) return;
        var since = known.refusal().at().plus(IN_FLIGHT);
        if (request.at().isBefore(since) || !request.at().isBefore(known.until())) return;
        if (!isRepeated(request.message(), known.refusal().message())) known.early().add(request);
    }

    /// Those that refused a request of this story.
    List<Overload> of(Story story) {
        if (open.isEmpty()) return List.of();
        var found = new ArrayList<Overload>(0);
        for (var one : story.transactions()) {
            for (var hop : one.hops()) {
                for (var answer : hop.answers()) {
                    if (answer.code() != 503) continue;
                    var known = open.get(way(answer.first()));
                    if (known != null && answer.copies().contains(known.refusal()))
                        found.add(copy(known));
                }
            }
        }
        return found;
    }

    private static Overload copy(Overload known) {
        return new Overload(known.refusal(), known.until(), List.copyOf(known.early()));
    }

    private static Way way(Sighting refusal) {
        return new Way(refusal.to().host(), refusal.from());
    }

    /// A request outside a dialog, which the client could have sent elsewhere.
    private static boolean opens(SipMessage message) {
        if (!message.isRequest()) return false;
        var method = message.method();
        if (method.equals(Methods.ACK) || method.equals(Methods.CANCEL)) return false;
        var to = message.indexOf(HeaderName.TO);
        return to < 0 || NameAddr.tagOf(message.value(to)).isEmpty();
    }

    /// Whether it is the refused request once more.
    private static boolean isRepeated(SipMessage request, SipMessage refusal) {
        return callId(request).equals(callId(refusal))
                && request.first(CSeq.KIND).equals(refusal.first(CSeq.KIND));
    }

    private static String callId(SipMessage message) {
        return message.raw(HeaderName.CALL_ID).map(Slice::text).orElse("");
    }
}
