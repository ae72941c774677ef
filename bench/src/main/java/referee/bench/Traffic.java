// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import referee.bench.Scenario.Packet;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;

/// Realistic SIP traffic whose calls overlap in time: most of it healthy, a known small share of it
/// broken. The same seed gives the same traffic. Memory is bounded by what is open at a time.
public final class Traffic {
    /// What was generated, a story each.
    ///
    /// @param fault the fault it shows, or a dash
    public record Story(String callId, String kind, String fault) {}

    private record Due(Instant at, long order, Packet packet) {}

    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration BETWEEN = Duration.ofMillis(32);
    private static final Endpoint SERVER = new Endpoint("203.0.113.5", 5060);

    private final SplittableRandom random;
    private final Consumer<Story> stories;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant next = START;
    private int begun;
    private long order;
    private long written;

    public Traffic(long seed, Consumer<Story> stories) {
        this.random = new SplittableRandom(seed);
        this.stories = stories;
    }

    /// Tells the witness at least this many messages: no new story begins after that, and those
    /// that have begun end. Then a minute and a half of silence, and one last exchange, so that
    /// every deadline has passed.
    public void write(long messages, Witness witness) {
        while (written + due.size() < messages) {
            begin(Scenario.pick(random));
            while (!due.isEmpty() && due.peek().at().isBefore(next)) tell(due.poll(), witness);
        }
        var last = next;
        while (!due.isEmpty()) {
            last = due.peek().at();
            tell(due.poll(), witness);
        }
        next = last.plusSeconds(90);
        begin(Scenario.PING);
        while (!due.isEmpty()) tell(due.poll(), witness);
    }

    private void begin(Scenario scenario) {
        var number = ++begun;
        var host = "10.%d.%d.%d".formatted(1 + number % 5, number / 5 % 250, 1 + number % 240);
        var leg = new Leg(number, new Endpoint(host, 5060), SERVER, random);
        List<Packet> packets = new java.util.ArrayList<>(scenario.play(leg, random));
        packets.sort(Comparator.comparingDouble(Packet::at));
        for (var packet : packets) {
            due.add(
                    new Due(
                            next.plusNanos((long) (packet.at() * 1e9) / 1000 * 1000),
                            order++,
                            packet));
        }
        stories.accept(new Story(leg.callId(), scenario.kind(), scenario.fault()));
        next = next.plus(BETWEEN);
    }

    private void tell(Due due, Witness witness) {
        var packet = due.packet();
        written++;
        if (SipParser.parse(Slice.of(packet.bytes())) instanceof SipMessage message) {
            witness.saw(
                    new Sighting(
                            written, due.at(), packet.from(), packet.to(), Transport.UDP, message));
        } else {
            throw new IllegalStateException("generated no SIP message at " + written);
        }
    }
}
