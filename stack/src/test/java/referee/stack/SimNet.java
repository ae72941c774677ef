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
import java.util.random.RandomGenerator;
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

    /// What a host's application does about an event.
    public interface Application {
        void on(Host host, Event event);
    }

    /// A message on its way, or lost.
    public record Packet(
            Instant at,
            String from,
            Endpoint to,
            Transport transport,
            SipMessage message,
            boolean lost) {
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

    /// Not [java.util.Random], whose first numbers are alike for seeds that are.
    private final RandomGenerator random;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Map<Endpoint, Host> hosts = new HashMap<>();
    private final List<Host> all = new ArrayList<>();
    private final Map<String, List<Target>> names = new HashMap<>();
    private final Set<Endpoint> dead = new HashSet<>();
    private final Map<String, Instant> lastOfStream = new HashMap<>();
    private final List<Packet> sent = new ArrayList<>();
    private Weather weather;
    private Function<Packet, Boolean> filter = _ -> true;
    private Instant now = START;
    private long count;

    public SimNet(long seed, Weather weather) {
        this.seed = seed;
        this.weather = weather;
        this.random = new SplittableRandom(seed);
    }

    public Instant now() {
        return now;
    }

    public void weather(Weather other) {
        weather = other;
    }

    /// Only what this lets through arrives.
    public void filter(Function<Packet, Boolean> passes) {
        filter = passes;
    }

    public void name(String host, Target... targets) {
        names.put(host, List.of(targets));
    }

    /// Nobody listens there any more: connections are refused, datagrams vanish.
    public void kill(Endpoint endpoint) {
        dead.add(endpoint);
    }

    /// @param address of every transport the host has
    public Host host(String name, String address, Function<Setup, Setup> setup, Application then) {
        var endpoint = new Endpoint(address, 5060);
        var locals =
                List.of(
                        new Local(Transport.UDP, endpoint),
                        new Local(Transport.TCP, endpoint),
                        new Local(Transport.TLS, endpoint));
        var made =
                new Host(
                        name,
                        endpoint,
                        new UserAgent(
                                setup.apply(Setup.of(locals)),
                                new SplittableRandom(seed * 31 + all.size())),
                        then);
        hosts.put(endpoint, made);
        all.add(made);
        return made;
    }

    /// Runs something at this time.
    public void at(Duration since, Runnable run) {
        schedule(START.plus(since), run);
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
            for (var host : all) {
                if (host.agent.wakeAt().filter(when -> !when.isAfter(now)).isPresent())
                    host.carryOut(host.agent.tick(now));
            }
        }
    }

    private Optional<Instant> next() {
        var next = Optional.ofNullable(tasks.peek()).map(Task::at);
        for (var host : all) {
            var wake = host.agent.wakeAt();
            if (next.isEmpty() || wake.isPresent() && wake.get().isBefore(next.get()))
                next = wake.or(() -> Optional.ofNullable(tasks.peek()).map(Task::at));
        }
        return next;
    }

    private void schedule(Instant at, Runnable run) {
        tasks.add(new Task(at, count++, run));
    }

    /// Hands a host a message as if another had sent it.
    public void inject(Host from, Host to, Draft draft) {
        var flow = new Flow(Transport.UDP, to.endpoint, from.endpoint, 0);
        schedule(
                now.plus(weather.delay()),
                () -> to.carryOut(to.agent.receive(new Received(now, flow, draft.message()))));
    }

    /// Every message that was sent, in order.
    public List<Packet> sent() {
        return List.copyOf(sent);
    }

    /// What a failure has to say: the seed, and all that was sent and told.
    public String story() {
        var text = new StringBuilder("seed " + seed + "\n");
        for (var packet : sent) text.append(packet).append('\n');
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
                    case Output.Send send -> send(send);
                    case Output.Lookup(var id, var uri) -> lookup(id, uri);
                    case Event event -> {
                        events.add(event);
                        application.on(this, event);
                    }
                }
            }
        }

        private void lookup(long id, SipUri uri) {
            var found = names.getOrDefault(uri.host().text(), List.of());
            schedule(now.plusMillis(20), () -> carryOut(agent.resolved(now, id, found)));
        }

        private void send(Output.Send send) {
            var message = (SipMessage) SipParser.parse(Slice.of(send.bytes().copy()));
            var transport = send.to().transport();
            var to = send.to().remote();
            if (transport.isReliable()) stream(send, message, to);
            else datagram(message, to);
        }

        private void stream(Output.Send send, SipMessage message, Endpoint to) {
            var packet = new Packet(now, name, to, send.to().transport(), message, false);
            sent.add(packet);
            if (!hosts.containsKey(to) || dead.contains(to)) {
                var error = new TransportError(TransportError.Kind.REFUSED, "refused by " + to);
                schedule(now.plusMillis(1), () -> carryOut(agent.failed(now, send.id(), error)));
                return;
            }
            if (!filter.apply(packet)) return;
            var key = endpoint + " " + to;
            var arrival = now.plus(weather.delay()).plus(jitter());
            var before = lastOfStream.getOrDefault(key, START);
            var inOrder = arrival.isAfter(before) ? arrival : before.plusNanos(1);
            lastOfStream.put(key, inOrder);
            schedule(inOrder, () -> arrive(packet));
        }

        private void datagram(SipMessage message, Endpoint to) {
            var packet = new Packet(now, name, to, Transport.UDP, message, false);
            var lost =
                    random.nextDouble() < weather.loss()
                            || !hosts.containsKey(to)
                            || dead.contains(to)
                            || !filter.apply(packet);
            sent.add(new Packet(now, name, to, Transport.UDP, message, lost));
            if (lost) return;
            var copies = random.nextDouble() < weather.duplication() ? 2 : 1;
            for (var i = 0; i < copies; i++)
                schedule(now.plus(weather.delay()).plus(jitter()), () -> arrive(packet));
        }

        private void arrive(Packet packet) {
            var to = hosts.get(packet.to());
            var flow = new Flow(packet.transport(), packet.to(), endpoint, 0);
            to.carryOut(to.agent.receive(new Received(now, flow, packet.message())));
        }

        private Duration jitter() {
            var most = weather.jitter().toMillis();
            return most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(most));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
