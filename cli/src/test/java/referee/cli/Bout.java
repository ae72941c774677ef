// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import referee.sip.DigestAccount;
import referee.sip.Keyring;
import referee.sip.KeyringReader;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.stack.Accounts;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Registering;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.UserAgent;

/// A phone against practice, with a third party to be transferred to and another phone that is
/// registered; what was on the wire is judged.
final class Bout {
    private static final String PHONE = "203.0.113.1";
    private static final String SERVER = "203.0.113.2";
    static final String TARGET = "203.0.113.3";
    private static final String OTHER = "203.0.113.4";

    /// Another address of the server.
    static final String SERVER_TOO = "203.0.113.5";

    private static final String PROXY = "203.0.113.6";
    private static final Duration LONG = Duration.ofMinutes(6);
    private static final Duration FOR_LONG = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final List<Verdict> verdicts = new ArrayList<>();
    private final SimNet net = new SimNet(3, SimNet.Weather.FINE);
    private final Occasion occasion;
    private final Weakness weakness;
    private final Diagnosis diagnosis;
    private final Client client;
    private final Host other;
    private final Host target;

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
        net.host("proxy", PROXY, setup -> setup, new Seat(new Between(at(PROXY), at(SERVER))));
        this.target = phone("target", TARGET, "carol", "singer", false, this::target);
        this.other = phone("other", OTHER, "bob", "builder", weakness.takesRefer(), this::target);
        var alice = new Client(occasion, weakness, net);
        this.client = alice.at(phone("phone", PHONE, "alice", weakness.password(), true, alice));
        net.filter(packet -> !weakness.isLost(packet));
        net.tap(Watcher.between(diagnosis));
    }

    private Keyring keyring() {
        return KeyringReader.read(weakness.account().getBytes(UTF_8)).keyring();
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
                setup -> {
                    var made =
                            setup.user("sip:" + user + "@" + SERVER)
                                    .accounts(
                                            Accounts.everywhere(DigestAccount.of(user, password)));
                    if (weakness.isProxied()) made = made.proxy("sip:" + PROXY + ";lr");
                    return refer ? made.serves("INVITE", "REFER") : made.serves("INVITE");
                },
                new Seat(application));
    }

    private static Endpoint at(String address) {
        return new Endpoint(address, 5060);
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
        return client.events();
    }

    String story() {
        return net.story();
    }

    static SipMessage read(Output.Send send) {
        return (SipMessage) SipParser.parse(send.bytes());
    }

    private void begin() {
        switch (occasion) {
            case ATTEND_ME -> register(other, registering("bob", FOR_LONG));
            case BRIDGED, BRIDGED_TRANSFER -> register(other, overTcp("bob"));
            case BRIDGED_ATTENDED -> {
                register(other, overTcp("bob"));
                register(target, registering("carol", FOR_LONG));
            }
            default -> {}
        }
        net.after(SOON, client::begin);
    }

    private static Registering overTcp(String user) {
        return Registering.of("sip:" + SERVER + ";transport=tcp", uri(user), FOR_LONG);
    }

    private void register(Host who, Registering what) {
        who.start(who.agent().register(net.now(), what));
    }

    static Registering registering(String user, Duration expires) {
        return Registering.of("sip:" + SERVER, uri(user), expires);
    }

    static String uri(String user) {
        return "sip:" + user + "@" + SERVER;
    }

    private List<Output> target(UserAgent agent, Instant at, Event event) {
        return switch (event) {
            case Event.Invited(var job, var request, _, _) ->
                    picked(agent, at, job, weakness.target(request));
            case Event.Referred(var job, _, _, _) -> agent.follow(at, job).outputs();
            default -> List.of();
        };
    }

    /// Rings and picks up, or says this instead.
    static List<Output> picked(UserAgent agent, Instant at, Job job, Optional<Reply> refusal) {
        if (refusal.isPresent()) return agent.reply(at, job, refusal.get());
        var outputs = new ArrayList<>(agent.reply(at, job, Reply.of(180)));
        outputs.addAll(agent.reply(at, job, Reply.of(200)));
        return outputs;
    }
}
