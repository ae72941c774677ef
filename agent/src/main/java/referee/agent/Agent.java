// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Uri;
import referee.stack.Event;
import referee.stack.Flow;
import referee.stack.Job;
import referee.stack.Local;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.Setup;
import referee.stack.Started;
import referee.stack.Target;
import referee.stack.TransportError;
import referee.stack.UserAgent;

/// Runs a [UserAgent] on real sockets: one thread waits for the first of input and deadline, asks
/// the stack, and carries out what it returns.
public final class Agent implements AutoCloseable {
    /// Packets that may wait to be looked at; further ones are lost, as in a full socket.
    private static final int MOST_PACKETS = 20_000;

    private static final TransportError CLOSED =
            new TransportError(TransportError.Kind.CLOSED, "we have closed the connection");

    /// What reaches the agent's thread.
    private interface Input {
        List<Output> on(UserAgent agent, Instant at);
    }

    private final InstantSource clock;
    private final Application application;
    private final Recorder recorder;
    private final Resolver resolver;
    private final Network network;
    private final UserAgent agent;
    private final KeepAlive keepAlive;
    private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean open = true;

    private Agent(Plan plan) throws IOException {
        this.clock = plan.clock;
        this.application = plan.application;
        this.recorder = new Recorder(plan.witness);
        this.network = new Network(plan.wiring, new Inbox());
        this.resolver =
                new Resolver(
                        plan.dns,
                        locals(plan).stream().map(Local::transport).collect(Collectors.toSet()),
                        plan.random);
        this.agent = new UserAgent(plan.setup.apply(locals(plan)), plan.random);
        this.keepAlive = new KeepAlive(plan.random, clock.instant());
        this.thread = Thread.ofPlatform().daemon().name("sip agent").unstarted(this::run);
    }

    private List<Local> locals(Plan plan) {
        return plan.locals.isEmpty() ? network.locals() : plan.locals;
    }

    /// Where an agent is described before it starts.
    public static final class Plan {
        private final Wiring wiring;
        private Function<List<Local>, Setup> setup = Setup::of;
        private List<Local> locals = List.of();
        private Application application = (_, _, _) -> List.of();
        private Witness witness = Witness.NOBODY;
        private Dns dns = new SystemDns();
        private InstantSource clock = new SteadyClock();
        private RandomGenerator random = new java.security.SecureRandom();

        private Plan(Wiring wiring) {
            this.wiring = wiring;
        }

        /// @param made from the addresses that the sockets got
        public Plan setup(Function<List<Local>, Setup> made) {
            setup = made;
            return this;
        }

        /// What Via and Contact say, where that is not the address of the sockets: behind a NAT, or
        /// for WebSocket.
        public Plan locals(List<Local> said) {
            locals = List.copyOf(said);
            return this;
        }

        public Plan application(Application what) {
            application = what;
            return this;
        }

        /// Told of everything that is sent and received.
        public Plan witness(Witness who) {
            witness = who;
            return this;
        }

        public Plan dns(Dns other) {
            dns = other;
            return this;
        }

        public Plan clock(InstantSource other) {
            clock = other;
            return this;
        }

        public Plan random(RandomGenerator other) {
            random = other;
            return this;
        }

        /// @throws IOException if a socket cannot be had
        public Agent start() throws IOException {
            var agent = new Agent(this);
            agent.thread.start();
            return agent;
        }
    }

    public static Plan on(Wiring wiring) {
        return new Plan(wiring);
    }

    /// Where its sockets are.
    public List<Local> locals() {
        return network.locals();
    }

    /// Has the agent's thread do this, and returns at once.
    public void perform(BiFunction<UserAgent, Instant, List<Output>> command) {
        inbox.add(command::apply);
    }

    /// Has the agent's thread begin something.
    ///
    /// @return its job, once that is known
    public CompletableFuture<Job> begin(BiFunction<UserAgent, Instant, Started> command) {
        var job = new CompletableFuture<Job>();
        inbox.add((agent, at) -> {
            var started = command.apply(agent, at);
            job.complete(started.job());
            return started.outputs();
        });
        return job;
    }

    private void run() {
        while (open) {
            try {
                var input = next();
                var at = clock.instant();
                input.ifPresent(one -> carryOut(one.on(agent, at)));
                if (!open) return;
                carryOut(agent.tick(at));
                if (keepAlive.isDue(at)) network.ping();
                if (application.wakeAt().filter(due -> !due.isAfter(at)).isPresent())
                    carryOut(application.tick(agent, at));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Optional<Input> next() throws InterruptedException {
        var due =
                Stream.concat(agent.wakeAt().stream(), application.wakeAt().stream())
                        .reduce(
                                keepAlive.wakeAt(),
                                (one, other) -> one.isBefore(other) ? one : other);
        var wait = Duration.between(clock.instant(), due);
        return wait.isPositive()
                ? Optional.ofNullable(inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS))
                : Optional.ofNullable(inbox.poll());
    }

    /// What an event leads to comes before what follows it.
    private void carryOut(List<Output> outputs) {
        var left = new ArrayDeque<>(outputs);
        for (var output = left.poll(); output != null; output = left.poll()) {
            var at = clock.instant();
            switch (output) {
                case Output.Send send -> {
                    for (var one : application.leaving(at, send))
                        network.send(one.id(), one.to(), one.bytes());
                }
                case Output.Lookup lookup -> lookUp(lookup.id(), lookup.uri());
                case Output.Close(var flow) -> {
                    network.close(flow);
                    agent.lost(at, flow, CLOSED).reversed().forEach(left::addFirst);
                }
                case Event event ->
                        application.on(agent, at, event).reversed().forEach(left::addFirst);
            }
        }
    }

    private void lookUp(long id, Uri uri) {
        Thread.ofVirtual()
                .name("lookup " + id)
                .start(() -> {
                    var targets = targets(uri);
                    inbox.add((agent, at) -> agent.resolved(at, id, targets));
                });
    }

    private List<Target> targets(Uri uri) {
        try {
            return resolver.targets(uri);
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Ends it; nothing more is said to anybody. Waits for its thread, which first takes in what
    /// has come, so that the witness has been told of all that was sent.
    @Override
    public void close() {
        inbox.add((_, _) -> {
            open = false;
            return List.of();
        });
        try {
            if (Thread.currentThread() != thread) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        network.close();
    }

    /// Puts what happens on sockets before the agent's thread.
    private final class Inbox implements Ears {
        @Override
        public void received(Flow flow, SipMessage message) {
            if (inbox.size() >= MOST_PACKETS) return;
            inbox.add((agent, at) -> {
                recorder.received(at, flow, message);
                var received = new Received(at, flow, message);
                return application.enters(received) ? agent.receive(received) : List.of();
            });
        }

        @Override
        public void noise(Flow flow, String why) {}

        @Override
        public void sent(Flow flow, Slice bytes) {
            if (SipParser.parse(bytes) instanceof SipMessage message)
                inbox.add((_, at) -> {
                    recorder.sent(at, flow, message);
                    return List.of();
                });
        }

        @Override
        public void failed(long send, TransportError error) {
            inbox.add((agent, at) -> agent.failed(at, send, error));
        }

        @Override
        public void lost(Flow flow, TransportError error) {
            inbox.add((agent, at) -> {
                recorder.lost(at, flow, error);
                return agent.lost(at, flow, error);
            });
            inbox.add((_, at) -> {
                application.lost(at, flow, error);
                return List.of();
            });
        }
    }
}
