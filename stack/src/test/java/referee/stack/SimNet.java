// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;

/// A network in virtual time: hosts with a [UserAgent] each, datagrams that get lost, late, doubled
/// and out of order, connections that do not, and names. The same seed gives the same run.
public final class SimNet {
    public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    /// How datagrams fare.
    ///
    /// @param loss 0 to 1
    /// @param duplication 0 to 1
    /// @param delay of every datagram
    /// @param jitter at most so much more: what is shorter apart may change places
    public record Weather(double loss, double duplication, Duration delay, Duration jitter) {
        public static final Weather FINE = new Weather(0, 0, Duration.ofMillis(5), Duration.ZERO);
        public static final Weather ROUGH =
                new Weather(0.1, 0.1, Duration.ofMillis(10), Duration.ofMillis(400));
    }

    /// What runs on a host besides its user agent.
    public interface Application {
        /// What it does about an event.
        void on(Host host, Event event);

        /// When [#tick] is due; empty while nothing of its own is.
        default Optional<Instant> wakeAt() {
            return Optional.empty();
        }

        default void tick(Host host) {}

        /// A connection is gone.
        default void lost(Host host, Flow flow, TransportError error) {}

        /// What is sent instead.
        default List<Output.Send> leaving(Instant at, Output.Send send) {
            return List.of(send);
        }

        /// Whether a message that came in is let through to the user agent.
        default boolean enters(Received received) {
            return true;
        }
    }

    /// Where on its way a packet is seen.
    public enum Moment {
        SENT,
        /// Somewhere between: about half of those that get lost come so far.
        PASSED,
        /// A packet that the network has doubled arrives twice.
        ARRIVED
    }

    /// Told of every packet, in order.
    public interface Tap {
        void on(Moment moment, Instant at, Packet packet);
    }

    /// A message on its way, or lost.
    ///
    /// @param at when it was sent
    /// @param from the name of the host
    public record Packet(
            Instant at,
            String from,
            Endpoint source,
            Endpoint to,
            Transport transport,
            SipMessage message,
            boolean lost) {
        Packet asLost() {
            return new Packet(at, from, source, to, transport, message, true);
        }

        @Override
        public String toString() {
            return Duration.between(START, at).toMillis()
                    + " "
                    + from
                    + " → "
                    + to
                    + " "
                    + message
                    + (lost ? " (lost)" : "");
        }
    }

    private record Task(Instant at, long number, Runnable run) {}

    private final long seed;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Map<Endpoint, Host> hosts = new HashMap<>();
    private final List<Host> all = new ArrayList<>();
    private final Map<String, List<Target>> names = new HashMap<>();
    private final Set<Endpoint> dead = new HashSet<>();

    /// The two ends of each connection that has been closed, and not been opened again.
    private final Set<Set<Endpoint>> closed = new HashSet<>();

    private final Wire wire;
    private Instant now = START;
    private long count;

    public SimNet(long seed, Weather weather) {
        this.seed = seed;
        this.wire = new Wire(new Ends(), seed, weather);
    }

    public Instant now() {
        return now;
    }

    public void weather(Weather other) {
        wire.weather(other);
    }

    /// Only what this lets through arrives.
    public void filter(Predicate<Packet> passes) {
        wire.filter(passes);
    }

    public void tap(Tap tap) {
        wire.tap(tap);
    }

    public void name(String host, Target... targets) {
        names.put(host, List.of(targets));
    }

    /// Nobody is there any more: connections are refused, datagrams vanish, nothing comes from it.
    public void kill(Endpoint endpoint) {
        dead.add(endpoint);
    }

    /// What a host at this address has: UDP, TCP and TLS at the usual port.
    public static List<Local> locals(String address) {
        var endpoint = new Endpoint(address, 5060);
        return Stream.of(Transport.UDP, Transport.TCP, Transport.TLS)
                .map(transport -> new Local(transport, endpoint))
                .toList();
    }

    public Host host(String name, String address, Function<Setup, Setup> setup, Application then) {
        var locals = locals(address);
        var random = new SplittableRandom(seed * 31 + all.size());
        var agent = new UserAgent(setup.apply(Setup.of(locals)), random);
        var made = new Host(name, locals.getFirst().address(), agent, then);
        hosts.put(made.endpoint, made);
        all.add(made);
        return made;
    }

    /// Has a host listen at another address too. It answers where it was asked, and sends requests
    /// from its first.
    public void alsoAt(Host host, String address) {
        hosts.put(new Endpoint(address, host.endpoint.port()), host);
    }

    /// Runs something at this time.
    public void at(Duration since, Runnable run) {
        schedule(START.plus(since), run);
    }

    /// Runs something so long from now.
    public void after(Duration wait, Runnable run) {
        schedule(now.plus(wait), run);
    }

    /// Goes on until nothing is left to happen, or this long after the start.
    ///
    /// @return whether nothing is left
    public boolean run(Duration limit) {
        var end = START.plus(limit);
        while (true) {
            var next = next();
            if (next.isEmpty()) return true;
            if (next.get().isAfter(end)) {
                now = end;
                return false;
            }
            now = next.get().isBefore(now) ? now : next.get();
            while (!tasks.isEmpty() && !tasks.peek().at().isAfter(now)) tasks.poll().run().run();
            all.forEach(Host::tick);
        }
    }

    private Optional<Instant> next() {
        return Stream.concat(
                        Stream.ofNullable(tasks.peek()).map(Task::at),
                        all.stream().flatMap(Host::wakeAt))
                .min(Instant::compareTo);
    }

    private void schedule(Instant at, Runnable run) {
        tasks.add(new Task(at, count++, run));
    }

    /// Hands a host a message as if another had sent it.
    public void inject(Host from, Host to, Draft draft) {
        var flow = new Flow(Transport.UDP, to.endpoint, from.endpoint, 0);
        after(
                wire.delay(),
                () -> to.carryOut(to.agent.receive(new Received(now, flow, draft.message()))));
    }

    /// Every message that was sent, in order.
    public List<Packet> sent() {
        return wire.sent();
    }

    /// What a failure has to say: the seed, and all that was sent and told.
    public String story() {
        var text = new StringBuilder("seed " + seed + "\n");
        for (var packet : sent()) text.append(packet).append('\n');
        for (var host : all) text.append(host.name).append(": ").append(host.events).append('\n');
        return text.toString();
    }

    /// One machine.
    public final class Host {
        private final String name;
        private final Endpoint endpoint;
        private final UserAgent agent;
        private final Application application;
        private final List<Event> events = new ArrayList<>();

        private Host(String name, Endpoint endpoint, UserAgent agent, Application application) {
            this.name = name;
            this.endpoint = endpoint;
            this.agent = agent;
            this.application = application;
        }

        public UserAgent agent() {
            return agent;
        }

        public Instant now() {
            return now;
        }

        public Endpoint endpoint() {
            return endpoint;
        }

        /// All it was told, in order.
        public List<Event> events() {
            return List.copyOf(events);
        }

        public <E extends Event> List<E> events(Class<E> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        public Job start(Started started) {
            carryOut(started.outputs());
            return started.job();
        }

        public void carryOut(List<Output> outputs) {
            for (var output : outputs) {
                switch (output) {
                    case Output.Send send -> application.leaving(now, send).forEach(this::send);
                    case Output.Lookup(var id, var uri) -> lookup(id, uri);
                    case Output.Close(var flow) -> close(flow);
                    case Event event -> {
                        events.add(event);
                        application.on(this, event);
                    }
                }
            }
        }

        private Stream<Instant> wakeAt() {
            return Stream.concat(agent.wakeAt().stream(), application.wakeAt().stream());
        }

        private void tick() {
            if (agent.wakeAt().filter(when -> !when.isAfter(now)).isPresent())
                carryOut(agent.tick(now));
            if (application.wakeAt().filter(when -> !when.isAfter(now)).isPresent())
                application.tick(this);
        }

        private void lookup(long id, SipUri uri) {
            var found = names.getOrDefault(uri.host().text(), List.of());
            after(Duration.ofMillis(20), () -> carryOut(agent.resolved(now, id, found)));
        }

        private void send(Output.Send send) {
            var message = (SipMessage) SipParser.parse(Slice.of(send.bytes().copy()));
            var transport = send.to().transport();
            var to = send.to().remote();
            if (isClosed(send)) {
                var gone = new TransportError(TransportError.Kind.CLOSED, "closed to " + to);
                after(Duration.ofMillis(1), () -> carryOut(agent.failed(now, send.id(), gone)));
                return;
            }
            var packet = new Packet(now, name, source(send), to, transport, message, false);
            if (!transport.isReliable()) wire.datagram(packet);
            else if (!wire.stream(packet)) {
                var error = new TransportError(TransportError.Kind.REFUSED, "refused by " + to);
                after(Duration.ofMillis(1), () -> carryOut(agent.failed(now, send.id(), error)));
            }
        }

        /// Both ends learn of it.
        private void close(Flow flow) {
            if (!flow.transport().isReliable()) return;
            closed.add(Set.copyOf(List.of(flow.local(), flow.remote())));
            lost(flow);
            var peer = hosts.get(flow.remote());
            var there = new Flow(flow.transport(), flow.remote(), flow.local(), 0);
            if (peer != null) after(wire.delay(), () -> peer.lost(there));
        }

        private void lost(Flow flow) {
            var error = new TransportError(TransportError.Kind.CLOSED, "the connection is closed");
            carryOut(agent.lost(now, flow, error));
            application.lost(this, flow, error);
        }

        /// What goes to an address, and not over a connection, opens a new one.
        private boolean isClosed(Output.Send send) {
            var ends = Set.copyOf(List.of(source(send), send.to().remote()));
            if (send.to() instanceof Destination.To) closed.remove(ends);
            return send.to().transport().isReliable() && closed.contains(ends);
        }

        private Endpoint source(Output.Send send) {
            return send.to() instanceof Destination.Over(var flow) ? flow.local() : endpoint;
        }

        private void arrive(Packet packet) {
            var flow = new Flow(packet.transport(), packet.to(), packet.source(), 0);
            var received = new Received(now, flow, packet.message());
            if (application.enters(received)) carryOut(agent.receive(received));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final class Ends implements Wire.Ends {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void later(Instant at, Runnable run) {
            schedule(at, run);
        }

        @Override
        public boolean isListening(Endpoint endpoint) {
            return hosts.containsKey(endpoint) && !dead.contains(endpoint);
        }

        @Override
        public void arrive(Packet packet) {
            var host = hosts.get(packet.to());
            if (host != null) host.arrive(packet);
        }
    }
}
