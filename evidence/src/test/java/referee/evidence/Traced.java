// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.StartLine;
import referee.sip.Via;

/// What a trace becomes, and whether its messages are whole.
final class Traced {
    private Traced() {}

    /// The messages of a trace without gaps.
    static List<SipMessage> messages(String trace) {
        return sightings(trace).stream().map(Sighting::message).toList();
    }

    static List<Sighting> sightings(String trace) {
        var seen = new Seen();
        try {
            TraceReader.read(trace, "test", seen);
        } catch (UnreadableEvidence e) {
            throw new UncheckedIOException(e);
        }
        assertThat(seen.gapLines()).isEmpty();
        return seen.sightings;
    }

    /// The first value of a header as text; empty if there is none.
    static String header(SipMessage message, String name) {
        return message.raw(name).map(Object::toString).orElse("");
    }

    static String uri(SipMessage message) {
        return message.start() instanceof StartLine.Request request ? request.uri().text() : "";
    }

    static String branch(SipMessage message) {
        return message.first(Via.KIND)
                .optional()
                .flatMap(Via::branch)
                .map(Object::toString)
                .orElse("");
    }

    static String tag(SipMessage message, String header) {
        var value = header(message, header);
        var at = value.indexOf(";tag=");
        return at < 0 ? "" : value.substring(at + 5);
    }

    /// What every message has that nobody broke on purpose (RFC 3261 §8.1.1 and §8.2.6).
    static void assertWhole(List<Sighting> sightings) {
        var earlier = new ArrayList<SipMessage>();
        for (var sighting : sightings) {
            var message = sighting.message();
            assertThat(message.flaws()).as(message.toString()).isEmpty();
            assertThat(branch(message)).as(message.toString()).startsWith(Via.MAGIC);
            assertThat(tag(message, "From")).as(message.toString()).isNotEmpty();
            assertThat(message.has(HeaderName.CALL_ID)).isTrue();
            var cseq = message.first(CSeq.KIND).optional().orElseThrow();
            assertThat(message.value(message.indexOf(HeaderName.CONTENT_LENGTH)).number())
                    .isEqualTo(message.body().length());
            if (message.isRequest()) {
                assertThat(cseq.method()).isEqualTo(message.method());
                assertThat(message.has(HeaderName.MAX_FORWARDS)).isTrue();
            } else {
                assertThat(earlier)
                        .as(message.toString())
                        .anyMatch(one -> isAnswered(one, message));
                if (message.code() > 100) assertThat(tag(message, "To")).isNotEmpty();
            }
            earlier.add(message);
        }
    }

    private static boolean isAnswered(SipMessage request, SipMessage response) {
        return request.isRequest()
                && branch(request).equals(branch(response))
                && header(request, "CSeq").equals(header(response, "CSeq"))
                && header(request, "From").equals(header(response, "From"))
                && header(request, "Call-ID").equals(header(response, "Call-ID"));
    }

    static SipMessage parse(byte[] bytes) {
        return (SipMessage) SipParser.parse(referee.sip.Slice.of(bytes));
    }
}
