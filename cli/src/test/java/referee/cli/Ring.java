// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import referee.agent.Application;
import referee.evidence.Sighting;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Flow;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.UserAgent;

/// User agents with their applications on a network without loss, in virtual time. What is on the
/// wire is told to a witness.
final class Ring {
    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration DELAY = Duration.ofMillis(5);

    private record Task(Instant at, long number, Runnable run) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Map<Endpoint, Seat> seats = new HashMap<>();
    private final Witness witness;
    private Instant now = START;
    private long count;
    private long frames;

    Ring(Witness witness) {
        this.witness = witness;
    }

    Seat seat(Endpoint at, UserAgent agent, Application application) {
        var seat = new Seat(at, agent, application);
        seats.put(at, seat);
        return seat;
    }

    Instant now() {
        return now;
    }

    void at(Duration since, Runnable run) {
        tasks.add(new Task(START.plus(since), count++, run));
    }

    /// Goes on until then; the witness is told nothing of the end.
    void run(Duration limit) {
        var end = START.plus(limit);
        for (var next = next(); next.filter(at -> !at.isAfter(end)).isPresent(); next = next()) {
            if (next.get().isAfter(now)) now = next.get();
            while (!tasks.isEmpty() && !tasks.peek().at().isAfter(now)) tasks.poll().run().run();
            seats.values().forEach(Seat::tick);
        }
        now = end;
    }

    private Optional<Instant> next() {
        return Stream.concat(
                        Stream.ofNullable(tasks.peek()).map(Task::at),
                        seats.values().stream().flatMap(seat -> seat.wakeAt().stream()))
                .min(Instant::compareTo);
    }

    /// A user agent at its address.
    final class Seat {
        private final Endpoint address;
        private final UserAgent agent;
        private final Application application;

        private Seat(Endpoint address, UserAgent agent, Application application) {
            this.address = address;
            this.agent = agent;
            this.application = application;
        }

        UserAgent agent() {
            return agent;
        }

        private Optional<Instant> wakeAt() {
            return Stream.concat(agent.wakeAt().stream(), application.wakeAt().stream())
                    .min(Instant::compareTo);
        }

        private void tick() {
            if (agent.wakeAt().filter(at -> !at.isAfter(now)).isPresent())
                carryOut(agent.tick(now));
            if (application.wakeAt().filter(at -> !at.isAfter(now)).isPresent())
                carryOut(application.tick(agent, now));
        }

        void carryOut(List<Output> outputs) {
            var left = new ArrayDeque<>(outputs);
            for (var output = left.poll(); output != null; output = left.poll()) {
                switch (output) {
                    case Output.Send send -> application.leaving(now, send).forEach(this::send);
                    case Output.Lookup(var id, _) ->
                            agent.resolved(now, id, List.of()).reversed().forEach(left::addFirst);
                    case Event event ->
                            new ArrayList<>(application.on(agent, now, event))
                                    .reversed()
                                    .forEach(left::addFirst);
                }
            }
        }

        private void send(Output.Send send) {
            var to = send.to().remote();
            var message = (SipMessage) SipParser.parse(send.bytes());
            witness.saw(
                    new Sighting(++frames, now, seen(address), seen(to), Transport.UDP, message));
            var seat = seats.get(to);
            if (seat == null) return;
            var flow = new Flow(Transport.UDP, to, address, 0);
            tasks.add(
                    new Task(
                            now.plus(DELAY),
                            count++,
                            () -> seat.arrive(new Received(now, flow, message))));
        }

        private void arrive(Received received) {
            if (application.enters(received)) carryOut(agent.receive(received));
        }
    }

    private static referee.evidence.Endpoint seen(Endpoint endpoint) {
        return new referee.evidence.Endpoint(endpoint.host(), endpoint.port());
    }
}
