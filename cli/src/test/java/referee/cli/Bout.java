// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import referee.agent.Application;
import referee.agent.Seat;
import referee.agent.Watcher;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Limits;
import referee.diagnosis.Timers;
import referee.diagnosis.Verdict;
import referee.practice.Committed;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.practice.Practice;
import referee.rules.Rules;
import referee.sip.DigestAccount;
import referee.stack.Accounts;
import referee.stack.Calling;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Registering;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.Started;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// A good phone against practice, with a third party to be transferred to; what was on the wire is
/// judged.
final class Bout implements Application {
    private static final String PHONE = "203.0.113.1";
    private static final String SERVER = "203.0.113.2";
    private static final String TARGET = "203.0.113.3";
    private static final Duration LONG = Duration.ofMinutes(6);

    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Diagnosis diagnosis =
            new Diagnosis(Rules.ALL, Timers.DEFAULT, Limits.DEFAULT, 1, verdicts::add);
    private final SimNet net = new SimNet(3, SimNet.Weather.FINE);
    private final Occasion occasion;
    private final Host phone;
    private final Set<Job> calls = new HashSet<>();

    private Bout(Occasion occasion, Optional<Fault> fault) {
        this.occasion = occasion;
        var plan = Practice.Plan.DEFAULT;
        if (fault.isPresent()) plan = plan.with(Committed.always(fault.get()));
        var practice = new Practice(plan, new SplittableRandom(3));
        net.host("server", SERVER, _ -> practice.setup(SimNet.locals(SERVER)), new Seat(practice));
        net.host(
                "target",
                TARGET,
                setup -> setup.user("sip:carol@" + TARGET).serves("INVITE"),
                new Seat(Bout::target));
        this.phone =
                net.host(
                        "phone",
                        PHONE,
                        setup ->
                                setup.user("sip:alice@" + SERVER)
                                        .serves("INVITE", "REFER")
                                        .accounts(
                                                Accounts.everywhere(
                                                        DigestAccount.of("alice", "wonderland"))),
                        new Seat(this));
        net.tap(Watcher.between(diagnosis));
    }

    /// @param fault none to see practice do what is right
    static Bout fight(Occasion occasion, Optional<Fault> fault) {
        var bout = new Bout(occasion, fault);
        bout.net.at(Duration.ofSeconds(1), bout::begin);
        bout.net.run(LONG);
        bout.diagnosis.finish(SimNet.START.plus(LONG));
        return bout;
    }

    List<Finding> findings() {
        return verdicts.stream().flatMap(verdict -> verdict.findings().stream()).toList();
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    private void begin() {
        switch (occasion) {
            case REGISTER -> register();
            case OPTIONS ->
                    start(
                            phone.agent()
                                    .request(net.now(), Draft.request("OPTIONS", uri("practice"))));
            case CALL, TRANSFER -> call("answer");
            case CANCEL -> {
                var job = call("ring");
                later(Duration.ofSeconds(3), () -> hangUp(job));
            }
            case ATTENDED -> {
                call("answer");
                later(Duration.ofSeconds(2), () -> call("echo"));
            }
            case TRANSFER_ME -> call("transfer-me");
        }
    }

    private void register() {
        var job =
                start(
                        phone.agent()
                                .register(
                                        net.now(),
                                        Registering.of(
                                                "sip:" + SERVER,
                                                "sip:alice@" + SERVER,
                                                Duration.ofMinutes(2))));
        later(
                Duration.ofSeconds(200),
                () -> phone.carryOut(phone.agent().unregister(net.now(), job)));
    }

    private Job call(String user) {
        var job = start(phone.agent().call(net.now(), Calling.of(uri(user))));
        calls.add(job);
        return job;
    }

    private void hangUp(Job job) {
        phone.carryOut(phone.agent().hangUp(net.now(), job));
    }

    private void later(Duration wait, Runnable what) {
        net.after(wait, what);
    }

    private Job start(Started started) {
        return phone.start(started);
    }

    private static String uri(String user) {
        return "sip:" + user + "@" + SERVER;
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        events.add(event);
        switch (event) {
            case Event.CallAnswered(var job, _) -> {
                if (calls.contains(job)) later(Duration.ofSeconds(1), () -> answered(job));
            }
            case Event.TransferOutcome _ -> later(Duration.ofSeconds(1), this::hangUpAll);
            case Event.Failed(var job, _) -> {
                if (!calls.contains(job)) later(Duration.ofSeconds(1), this::hangUpAll);
            }
            case Event.Referred(var job, _, _, _) -> {
                return agent.follow(at, job).outputs();
            }
            default -> {}
        }
        return List.of();
    }

    /// The target of an attended transfer ends the call that is replaced; the other one is ours.
    private void hangUpAll() {
        calls.stream().min(Comparator.comparingInt(Job::number)).ifPresent(this::hangUp);
    }

    private void answered(Job job) {
        switch (occasion) {
            case CALL -> later(Duration.ofSeconds(150), () -> hangUp(job));
            case TRANSFER -> transfer(job, Transferring.to("sip:carol@" + TARGET));
            case ATTENDED -> {
                var others = new ArrayList<>(calls);
                others.remove(job);
                if (job.equals(latest())) transfer(others.getFirst(), Transferring.attended(job));
            }
            case REGISTER, OPTIONS, CANCEL, TRANSFER_ME -> {}
        }
    }

    private Job latest() {
        return calls.stream().max(Comparator.comparingInt(Job::number)).orElseThrow();
    }

    private void transfer(Job call, Transferring what) {
        start(phone.agent().transfer(net.now(), call, what));
    }

    private static List<Output> target(UserAgent agent, Instant at, Event event) {
        if (!(event instanceof Event.Invited(var job, _, _, _))) return List.of();
        var outputs = new ArrayList<>(agent.reply(at, job, Reply.of(180)));
        outputs.addAll(agent.reply(at, job, Reply.of(200)));
        return outputs;
    }
}
