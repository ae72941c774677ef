// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import referee.agent.Application;
import referee.agent.Seat;
import referee.agent.Watcher;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Limits;
import referee.diagnosis.Severity;
import referee.diagnosis.Timers;
import referee.diagnosis.Verdict;
import referee.practice.Practice;
import referee.rules.Rules;
import referee.sip.Sdp;
import referee.sip.Slice;
import referee.stack.Audio;
import referee.stack.Calling;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Registering;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.Started;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// Alice, Bob and Carol, registered at practice, in virtual time; what was on the wire is judged.
final class Office {
    private static final String SERVER = "203.0.113.2";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<Verdict> verdicts = new ArrayList<>();
    private final Diagnosis diagnosis =
            new Diagnosis(Rules.ALL, Timers.DEFAULT, Limits.DEFAULT, 1, verdicts::add);
    private final SimNet net = new SimNet(3, SimNet.Weather.FINE);
    final Phone alice = new Phone("alice", "203.0.113.11");
    final Phone bob = new Phone("bob", "203.0.113.12");
    final Phone carol = new Phone("carol", "203.0.113.13");

    Office() {
        var practice = new Practice(Practice.Plan.DEFAULT.opened(), new SplittableRandom(3));
        net.host("server", SERVER, _ -> practice.setup(SimNet.locals(SERVER)), new Seat(practice));
        net.tap(Watcher.between(diagnosis));
        for (var phone : List.of(alice, bob, carol)) net.at(Duration.ZERO, phone::register);
    }

    /// The URI of a user or number there.
    static String uri(String user) {
        return "sip:" + user + "@" + SERVER;
    }

    /// Does something so many seconds after the beginning.
    void at(int seconds, Runnable what) {
        net.at(Duration.ofSeconds(seconds), what);
    }

    Office run() {
        net.run(LONG);
        diagnosis.finish(SimNet.START.plus(LONG));
        return this;
    }

    /// What the diagnosis has found, but for what is only worth knowing.
    List<String> alarms() {
        return verdicts.stream()
                .flatMap(verdict -> verdict.findings().stream())
                .filter(finding -> finding.severity().compareTo(Severity.INFO) > 0)
                .map(Office::shown)
                .toList();
    }

    private static String shown(Finding finding) {
        return finding.fault() + ": " + finding.says();
    }

    String story() {
        return net.story();
    }

    /// A phone that rings, picks up, and does what a REFER asks for.
    final class Phone implements Application {
        private final String name;
        private final SimNet.Host host;
        private Optional<Reply> refusal = Optional.empty();

        private Phone(String name, String address) {
            this.name = name;
            this.host =
                    net.host(
                            name,
                            address,
                            setup ->
                                    setup.user(uri(name))
                                            .serves("INVITE", "REFER")
                                            .audio(Audio.at(new Endpoint(address, 4000))),
                            new Seat(this));
        }

        private void register() {
            act(agent ->
                    agent.register(
                                    net.now(),
                                    Registering.of(
                                            "sip:" + SERVER, uri(name), Duration.ofMinutes(10)))
                            .outputs());
        }

        private void act(Function<UserAgent, List<Output>> what) {
            host.carryOut(what.apply(host.agent()));
        }

        private Job start(Function<UserAgent, Started> what) {
            return host.start(what.apply(host.agent()));
        }

        /// Refuses calls from now on.
        void refuses(int code) {
            refusal = Optional.of(Reply.of(code));
        }

        Job call(Phone whom) {
            return call(Calling.of(uri(whom.name)));
        }

        Job call(Calling what) {
            return start(agent -> agent.call(net.now(), what));
        }

        void hold(Job call, boolean held) {
            act(agent -> agent.hold(net.now(), call, held));
        }

        void refer(Job call, Transferring what) {
            start(agent -> agent.transfer(net.now(), call, what));
        }

        void hangUp(Job call) {
            act(agent -> agent.hangUp(net.now(), call));
        }

        void offer(Job call, String sdp, boolean update) {
            act(agent -> agent.relay(call));
            act(agent -> agent.offer(net.now(), call, Slice.of(sdp), update));
        }

        void refresh(Job call) {
            act(agent -> agent.update(net.now(), call));
        }

        /// The latest call that has come in.
        Job incoming() {
            return events(Event.Invited.class).getLast().job();
        }

        <E extends Event> List<E> events(Class<E> kind) {
            return host.events(kind);
        }

        /// Where the last session description that it was sent wants media, and which way, such as
        /// `203.0.113.12 SENDRECV`.
        String hears() {
            var sdp = described();
            return sdp.address().orElseThrow() + " " + sdp.media().getFirst().direction();
        }

        /// The origin line of the last session description that it was sent.
        Sdp.Origin origin() {
            return described().origin().orElseThrow();
        }

        private Sdp described() {
            return net.sent().stream()
                    .filter(packet -> packet.to().equals(host.endpoint()))
                    .flatMap(packet -> Sdp.of(packet.message()).optional().stream())
                    .reduce((_, later) -> later)
                    .orElseThrow();
        }

        @Override
        public List<Output> on(UserAgent agent, Instant at, Event event) {
            return switch (event) {
                case Event.Invited(var job, _, _, _) -> {
                    if (refusal.isPresent()) yield agent.reply(at, job, refusal.get());
                    net.after(Duration.ofSeconds(2), () -> reply(job));
                    yield agent.reply(at, job, Reply.of(180));
                }
                case Event.Referred(var job, _, _, _) -> agent.follow(at, job).outputs();
                default -> List.of();
            };
        }

        private void reply(Job job) {
            act(agent -> agent.reply(net.now(), job, Reply.of(200)));
        }
    }
}
