// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import referee.diagnosis.Judge;
import referee.diagnosis.Setting;
import referee.diagnosis.Verdict;
import referee.practice.Committed;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.practice.Practice;
import referee.rules.Rules;
import referee.sip.Contact;
import referee.sip.DigestAccount;
import referee.sip.Keyring;
import referee.sip.KeyringReader;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.stack.Accounts;
import referee.stack.Calling;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.Registering;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.Started;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// A phone against practice, with a third party to be transferred to and another phone that is
/// registered; what was on the wire is judged.
final class Bout implements Application {
    private static final String PHONE = "203.0.113.1";
    private static final String SERVER = "203.0.113.2";
    private static final String TARGET = "203.0.113.3";
    private static final String OTHER = "203.0.113.4";

    /// Another address of the server.
    static final String SERVER_TOO = "203.0.113.5";

    private static final Duration LONG = Duration.ofMinutes(6);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final SimNet net = new SimNet(3, SimNet.Weather.FINE);
    private final Occasion occasion;
    private final Weakness weakness;
    private final Diagnosis diagnosis;
    private final Host phone;
    private final Host other;
    private final Set<Job> calls = new HashSet<>();
    private int tries;

    private Bout(Occasion occasion, Optional<Fault> fault, Weakness weakness) {
        this.occasion = occasion;
        this.weakness = weakness;
        this.diagnosis =
                new Diagnosis(Setting.DEFAULT, 1, new Judge(Rules.ALL, keyring(), verdicts::add));
        var plan = Practice.Plan.DEFAULT;
        if (fault.isPresent()) plan = plan.with(Committed.always(fault.get()));
        var practice = new Practice(plan, new SplittableRandom(3));
        var server =
                net.host(
                        "server",
                        SERVER,
                        _ -> practice.setup(SimNet.locals(SERVER)),
                        new Seat(practice));
        net.alsoAt(server, SERVER_TOO);
        net.host(
                "target",
                TARGET,
                setup -> setup.user("sip:carol@" + TARGET).serves("INVITE"),
                new Seat(this::target));
        this.other = phone("other", OTHER, "bob", "builder", weakness.takesRefer(), this::target);
        this.phone = phone("phone", PHONE, "alice", weakness.password(), true, this);
        net.filter(packet -> !weakness.isLost(packet));
        net.tap(Watcher.between(diagnosis));
    }

    private Keyring keyring() {
        return weakness.isPasswordKnown()
                ? KeyringReader.read("alice practice wonderland".getBytes(UTF_8)).keyring()
                : Keyring.EMPTY;
    }

    private Host phone(
            String name,
            String address,
            String user,
            String password,
            boolean refer,
            Application application) {
        return net.host(
                name,
                address,
                setup ->
                        setup.user("sip:" + user + "@" + SERVER)
                                .serves(
                                        refer
                                                ? new String[] {"INVITE", "REFER"}
                                                : new String[] {"INVITE"})
                                .accounts(Accounts.everywhere(DigestAccount.of(user, password))),
                new Seat(application));
    }

    /// @param fault none to see practice do what is right
    static Bout fight(Occasion occasion, Optional<Fault> fault, Weakness weakness) {
        var bout = new Bout(occasion, fault, weakness);
        bout.net.at(SOON, bout::begin);
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

    String story() {
        return net.story();
    }

    static SipMessage read(Output.Send send) {
        return (SipMessage) SipParser.parse(send.bytes());
    }

    private void begin() {
        switch (occasion) {
            case REGISTER -> register();
            case OPTIONS ->
                    start(
                            phone.agent()
                                    .request(net.now(), Draft.request("OPTIONS", uri("practice"))));
            case CALL, HOLD, TRANSFER -> call("answer");
            case CANCEL -> {
                var job = call("ring");
                later(Duration.ofSeconds(3), () -> hangUp(job));
            }
            case ATTENDED -> {
                call("answer");
                later(Duration.ofSeconds(2), () -> call("echo"));
            }
            case TRANSFER_ME -> call("transfer-me");
            case CALL_ME -> call("call-me");
            case ATTEND_ME, BRIDGED, BRIDGED_TRANSFER -> {
                other.start(
                        other.agent()
                                .register(net.now(), registering("bob", Duration.ofMinutes(10))));
                later(SOON, () -> call(occasion == Occasion.ATTEND_ME ? "attend-me" : "bob"));
            }
        }
    }

    private static Registering registering(String user, Duration expires) {
        return Registering.of("sip:" + SERVER, uri(user), expires);
    }

    /// Until the phone leaves again, after a refresh.
    void register() {
        tries++;
        var job =
                start(
                        phone.agent()
                                .register(net.now(), registering("alice", Duration.ofMinutes(2))));
        later(
                Duration.ofSeconds(200),
                () -> phone.carryOut(phone.agent().unregister(net.now(), job)));
    }

    private Job call(String user) {
        return dial(uri(user));
    }

    private Job dial(String uri) {
        tries++;
        var job = start(phone.agent().call(net.now(), Calling.of(uri)));
        calls.add(job);
        return job;
    }

    void hangUp(Job job) {
        phone.carryOut(phone.agent().hangUp(net.now(), job));
    }

    /// How often the phone has registered or called.
    int tries() {
        return tries;
    }

    void dialAgain() {
        call("answer");
    }

    void later(Duration wait, Runnable what) {
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
        if (weakness.move(this, event)) return List.of();
        switch (event) {
            case Event.CallAnswered(var job, _) -> {
                if (calls.contains(job)) later(SOON, () -> answered(job));
            }
            case Event.TransferOutcome _ -> later(SOON, this::hangUpAll);
            case Event.Failed(var job, var why) -> {
                if (calls.contains(job)) redirected(why).ifPresent(this::dial);
                else if (isTransferor()) later(SOON, this::hangUpAll);
            }
            case Event.Referred(var job, _, _, _) -> {
                return agent.follow(at, job).outputs();
            }
            case Event.Invited(var job, var request, _, _) -> {
                return picked(agent, at, job, weakness.called(request));
            }
            default -> {}
        }
        return List.of();
    }

    @Override
    public List<Output.Send> leaving(Instant at, Output.Send send) {
        return weakness.leaving(send);
    }

    @Override
    public boolean enters(Received received) {
        return weakness.isHeard(received.message());
    }

    private boolean isTransferor() {
        return switch (occasion) {
            case TRANSFER, ATTENDED, BRIDGED_TRANSFER -> true;
            default -> false;
        };
    }

    private static Optional<String> redirected(Failure why) {
        return why instanceof Failure.Rejected(var response) && response.code() / 100 == 3
                ? response.first(Contact.KIND)
                        .optional()
                        .flatMap(Contact::address)
                        .map(NameAddr::uri)
                        .map(uri -> uri.text().text())
                : Optional.empty();
    }

    /// The target of an attended transfer ends the call that is replaced; the other one is ours.
    void hangUpAll() {
        calls.stream().min(Comparator.comparingInt(Job::number)).ifPresent(this::hangUp);
    }

    private void answered(Job job) {
        switch (occasion) {
            case CALL -> later(Duration.ofSeconds(150), () -> hangUp(job));
            case HOLD -> {
                hold(job, true);
                later(Duration.ofSeconds(10), () -> hold(job, false));
                later(Duration.ofSeconds(60), () -> hangUp(job));
            }
            case BRIDGED -> later(Duration.ofSeconds(10), () -> hangUp(job));
            case TRANSFER, BRIDGED_TRANSFER ->
                    transfer(job, Transferring.to("sip:carol@" + TARGET));
            case ATTENDED -> {
                var others = new ArrayList<>(calls);
                others.remove(job);
                if (job.equals(latest())) transfer(others.getFirst(), Transferring.attended(job));
            }
            case REGISTER, OPTIONS, CANCEL, TRANSFER_ME, ATTEND_ME, CALL_ME -> {}
        }
    }

    private void hold(Job job, boolean held) {
        phone.carryOut(phone.agent().hold(net.now(), job, held));
    }

    private Job latest() {
        return calls.stream().max(Comparator.comparingInt(Job::number)).orElseThrow();
    }

    private void transfer(Job call, Transferring what) {
        start(phone.agent().transfer(net.now(), call, what));
    }

    private List<Output> target(UserAgent agent, Instant at, Event event) {
        return switch (event) {
            case Event.Invited(var job, var request, _, _) ->
                    picked(agent, at, job, weakness.target(request));
            case Event.Referred(var job, _, _, _) -> agent.follow(at, job).outputs();
            default -> List.of();
        };
    }

    private static List<Output> picked(
            UserAgent agent, Instant at, Job job, Optional<Reply> refusal) {
        if (refusal.isPresent()) return agent.reply(at, job, refusal.get());
        var outputs = new ArrayList<>(agent.reply(at, job, Reply.of(180)));
        outputs.addAll(agent.reply(at, job, Reply.of(200)));
        return outputs;
    }
}
