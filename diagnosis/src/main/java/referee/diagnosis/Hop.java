// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Slice;
import referee.sip.Transport;

/// One request between two neighbours, and what came back: what RFC 3261 §17 calls a transaction.
/// Where several neighbours on the way were captured, one request has several hops.
public final class Hop {
    private static final int SCHEDULE = 5;

    private final Endpoint client;
    private final Endpoint server;
    private final Transport transport;
    private final Slice branch;
    private final int depth;
    private final List<Sighting> requests = new ArrayList<>(2);
    private final List<Answer> answers = new ArrayList<>(2);
    private final List<Sighting> acks = new ArrayList<>(1);

    Hop(Endpoint client, Endpoint server, Transport transport, Slice branch, int depth) {
        this.client = client;
        this.server = server;
        this.transport = transport;
        this.branch = branch;
        this.depth = depth;
    }

    /// Who sent the request on this hop.
    public Endpoint client() {
        return client;
    }

    /// Who got the request on this hop.
    public Endpoint server() {
        return server;
    }

    public Transport transport() {
        return transport;
    }

    /// Of the top Via, as written; empty if there is none.
    public Slice branch() {
        return branch;
    }

    /// How many Via values the request had here: 1 next to its user agent client.
    public int depth() {
        return depth;
    }

    /// The request and its retransmissions, in the order seen; empty if only responses were seen.
    public List<Sighting> requests() {
        return Collections.unmodifiableList(requests);
    }

    /// Every different response, in the order seen.
    public List<Answer> answers() {
        return Collections.unmodifiableList(answers);
    }

    /// The ACKs with this hop's branch, those to a final response of 300 and above; in the order
    /// seen.
    public List<Sighting> acks() {
        return Collections.unmodifiableList(acks);
    }

    /// The first final response.
    public Optional<Answer> finalAnswer() {
        for (var answer : answers) {
            if (answer.isFinal()) return Optional.of(answer);
        }
        return Optional.empty();
    }

    /// T1 as this hop's client keeps it: the gap before the first retransmission, where one was
    /// seen and is between 0.1 and 4 seconds; otherwise the default.
    public Duration t1(Timers timers) {
        if (requests.size() < 2) return timers.t1();
        var gap = Duration.between(requests.get(0).at(), requests.get(1).at());
        var plausible = gap.toMillis() >= 100 && gap.toMillis() <= 4_000;
        return plausible ? gap : timers.t1();
    }

    /// How much it proves that no answer was seen here. A client that repeats its request on
    /// schedule shows that none reached it; one that sends it once over UDP may have been answered
    /// where the capture does not look.
    public Certainty silence() {
        if (requests.size() >= SCHEDULE) return Certainty.PROVEN;
        return requests.size() > 1 || transport.isReliable()
                ? Certainty.LIKELY
                : Certainty.POSSIBLE;
    }

    /// Such as `once` or `7 times`.
    public String timesSent() {
        return requests.size() == 1 ? "once" : requests.size() + " times";
    }

    /// The same hop with one copy of its request and of its final response.
    Hop brief() {
        var brief = new Hop(client, server, transport, branch, depth);
        requests.stream().limit(1).forEach(brief::request);
        finalAnswer().ifPresent(one -> brief.answer(one.code(), one.toTag(), one.first()));
        return brief;
    }

    void request(Sighting sighting) {
        requests.add(sighting);
    }

    void ack(Sighting sighting) {
        acks.add(sighting);
    }

    void answer(int code, Slice toTag, Sighting sighting) {
        for (var answer : answers) {
            if (answer.code() == code && answer.toTag().same(toTag)) {
                answer.repeat(sighting);
                return;
            }
        }
        answers.add(new Answer(code, toTag, sighting));
    }
}
