// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import referee.stack.SimNet.Moment;
import referee.stack.SimNet.Packet;
import referee.stack.SimNet.Tap;
import referee.stack.SimNet.Weather;

/// What lies between the hosts of a [SimNet], and who watches it.
final class Wire {
    /// Where what has crossed the wire goes.
    interface Ends {
        Instant now();

        void later(Instant at, Runnable run);

        boolean isListening(Endpoint endpoint);

        void arrive(Packet packet);
    }

    private final Ends ends;

    /// Not [java.util.Random], whose first numbers are alike for seeds that are.
    private final RandomGenerator random;

    /// Of its own, so that a run does not depend on whether it is watched.
    private final RandomGenerator chanceToBeSeen;

    private final Map<String, Instant> lastOfStream = new HashMap<>();
    private final List<Packet> sent = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();
    private Predicate<Packet> filter = _ -> true;
    private Weather weather;

    Wire(Ends ends, long seed, Weather weather) {
        this.ends = ends;
        this.random = new SplittableRandom(seed);
        this.chanceToBeSeen = new SplittableRandom(~seed);
        this.weather = weather;
    }

    void weather(Weather other) {
        weather = other;
    }

    Duration delay() {
        return weather.delay();
    }

    void filter(Predicate<Packet> passes) {
        filter = passes;
    }

    void tap(Tap tap) {
        taps.add(tap);
    }

    List<Packet> sent() {
        return List.copyOf(sent);
    }

    /// @return whether somebody takes the connection
    boolean stream(Packet packet) {
        if (!ends.isListening(packet.source())) return true;
        sent.add(packet);
        if (!ends.isListening(packet.to())) return false;
        tell(Moment.SENT, packet);
        if (!filter.test(packet)) return true;
        var key = packet.source() + " " + packet.to();
        var arrival = ends.now().plus(weather.delay()).plus(jitter());
        var before = lastOfStream.getOrDefault(key, SimNet.START);
        var inOrder = arrival.isAfter(before) ? arrival : before.plusNanos(1);
        lastOfStream.put(key, inOrder);
        carry(packet, inOrder);
        return true;
    }

    void datagram(Packet packet) {
        if (!ends.isListening(packet.source())) return;
        var lost =
                random.nextDouble() < weather.loss()
                        || !ends.isListening(packet.to())
                        || !filter.test(packet);
        sent.add(lost ? packet.asLost() : packet);
        tell(Moment.SENT, packet);
        if (lost) {
            if (!taps.isEmpty() && chanceToBeSeen.nextBoolean())
                ends.later(halfway(ends.now().plus(delay())), () -> tell(Moment.PASSED, packet));
            return;
        }
        var copies = random.nextDouble() < weather.duplication() ? 2 : 1;
        for (var i = 0; i < copies; i++)
            carry(packet, ends.now().plus(weather.delay()).plus(jitter()));
    }

    private void carry(Packet packet, Instant arrival) {
        if (!taps.isEmpty()) ends.later(halfway(arrival), () -> tell(Moment.PASSED, packet));
        ends.later(
                arrival,
                () -> {
                    if (!ends.isListening(packet.to())) return;
                    tell(Moment.ARRIVED, packet);
                    ends.arrive(packet);
                });
    }

    private Instant halfway(Instant arrival) {
        return ends.now().plus(Duration.between(ends.now(), arrival).dividedBy(2));
    }

    private void tell(Moment moment, Packet packet) {
        for (var tap : taps) tap.on(moment, ends.now(), packet);
    }

    private Duration jitter() {
        var most = weather.jitter().toMillis();
        return most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(most));
    }
}
