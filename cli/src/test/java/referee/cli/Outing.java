// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import referee.agent.Application;
import referee.agent.Probe;
import referee.agent.ProbeResult;
import referee.agent.Seat;
import referee.agent.Watcher;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Judge;
import referee.diagnosis.Setting;
import referee.diagnosis.Verdict;
import referee.practice.Committed;
import referee.practice.Practice;
import referee.rules.Rules;
import referee.sip.DigestAccount;
import referee.sip.Transport;
import referee.stack.Accounts;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.SimNet.Packet;
import referee.stack.Target;
import referee.stack.UserAgent;

/// One probe against practice, with a third party to be transferred to, as a [Lot] has it: what the
/// probe says, and what is judged of what each observer saw.
final class Outing {
    static final String PHONE = "203.0.113.1";
    static final String SERVER = "203.0.113.2";
    static final String TARGET = "203.0.113.3";
    static final String NOBODY = "203.0.113.9";
    static final String NAME = "practice.example";
    static final String CAROL = "sip:carol@" + TARGET;
    static final Instant BEGIN = SimNet.START.plusSeconds(1);

    /// Past every patience; whoever still talks hangs up.
    private static final Duration LONG = Duration.ofMinutes(12);

    private static final Duration LIMIT = Duration.ofHours(2);

    /// Who watches.
    enum Vantage {
        /// Until the probe is over.
        PHONE,
        SERVER,
        BETWEEN
    }

    private final Lot lot;
    private final SimNet net;
    private final Probe probe;
    private final Practice practice;
    private final Truth truth = new Truth();
    private final List<Host> hosts = new ArrayList<>();
    private final List<ProbeResult> results = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();
    private final Map<Vantage, Diagnosis> diagnoses = new EnumMap<>(Vantage.class);
    private final Map<Vantage, List<Verdict>> verdicts = new EnumMap<>(Vantage.class);
    private Instant end = SimNet.START;
    private boolean over;

    private Outing(Lot lot) {
        this.lot = lot;
        this.net = new SimNet(lot.seed(), lot.weather());
        this.probe = new Probe(lot.plan(), this::told, this::ended);
        var right = Practice.Plan.DEFAULT;
        var plan = lot.fault().map(Committed::always).map(right::with).orElse(right);
        this.practice = new Practice(plan, new SplittableRandom(lot.seed()));
    }

    static Outing of(Lot lot) {
        var outing = new Outing(lot);
        outing.furnish();
        outing.go();
        return outing;
    }

    private void furnish() {
        var phone = phone();
        hosts.add(phone);
        hosts.add(
                net.host(
                        "server",
                        SERVER,
                        _ -> practice.setup(SimNet.locals(SERVER)),
                        new Seat(practice)));
        if (lot.cause() != Lot.Cause.TARGET_GONE)
            hosts.add(
                    net.host(
                            "target",
                            TARGET,
                            setup -> setup.user(CAROL).serves("INVITE"),
                            new Seat((Application) this::target)));
        name();
        net.filter(this::passes);
        if (lot.cause() == Lot.Cause.SERVER_DIES)
            net.at(Duration.between(SimNet.START, BEGIN).plus(lot.since()), this::die);
        net.tap(truth);
        watch(Vantage.PHONE, diagnosis -> Watcher.at(PHONE, diagnosis));
        watch(Vantage.SERVER, diagnosis -> Watcher.at(SERVER, diagnosis));
        watch(Vantage.BETWEEN, Watcher::between);
        net.at(
                Duration.between(SimNet.START, BEGIN),
                () -> phone.carryOut(probe.begin(phone.agent(), net.now())));
        net.at(LONG, () -> hosts.forEach(this::hangUpAll));
    }

    private Host phone() {
        var password = lot.cause() == Lot.Cause.WRONG_PASSWORD ? "looking-glass" : "wonderland";
        var host = lot.byName() ? NAME : SERVER;
        var accounts = Accounts.everywhere(DigestAccount.of("alice", password));
        return net.host(
                "phone",
                PHONE,
                setup ->
                        setup.user("sip:alice@" + host).product("Referee probe").accounts(accounts),
                new Seat(probe));
    }

    private void name() {
        var transport = lot.tcp() ? Transport.TCP : Transport.UDP;
        var server = new Target(transport, new Endpoint(SERVER, 5060), NAME);
        var dead = new Target(transport, new Endpoint(NOBODY, 5060), NAME);
        if (lot.cause() == Lot.Cause.FIRST_ADDRESS_DEAD) net.name(NAME, dead, server);
        else net.name(NAME, server);
    }

    /// And with it the capture on it.
    private void die() {
        net.kill(hosts.get(1).endpoint());
        diagnoses.get(Vantage.SERVER).finish(net.now());
    }

    private boolean passes(Packet packet) {
        if (!net.now().isAfter(BEGIN.plus(lot.since()))) return true;
        return switch (lot.cause()) {
            case WAY_THERE_DEAD -> !isFrom(packet, PHONE);
            case WAY_BACK_DEAD -> !isTo(packet, PHONE);
            default -> true;
        };
    }

    private static boolean isFrom(Packet packet, String host) {
        return packet.source().host().equals(host);
    }

    private static boolean isTo(Packet packet, String host) {
        return packet.to().host().equals(host);
    }

    private void watch(Vantage vantage, Function<Diagnosis, Watcher> from) {
        var told = new ArrayList<Verdict>();
        verdicts.put(vantage, told);
        var diagnosis = new Diagnosis(Setting.DEFAULT, 0, new Judge(Rules.ALL, told::add));
        diagnoses.put(vantage, diagnosis);
        net.tap(from.apply(diagnosis));
    }

    private List<Output> target(UserAgent agent, Instant at, Event event) {
        if (!(event instanceof Event.Invited(var job, _, _, _))) return List.of();
        if (lot.cause() == Lot.Cause.TARGET_BUSY) return agent.reply(at, job, Reply.of(486));
        if (lot.cause() != Lot.Cause.TARGET_RINGS)
            net.after(Duration.ofSeconds(2), () -> pickUp(job));
        return agent.reply(at, job, Reply.of(180));
    }

    private void pickUp(Job job) {
        var target = hosts.getLast();
        target.carryOut(target.agent().reply(net.now(), job, Reply.of(200)));
    }

    private void hangUpAll(Host host) {
        var jobs = new LinkedHashSet<Job>();
        for (var event : host.events()) jobs.add(event.job());
        for (var job : jobs) host.carryOut(host.agent().hangUp(net.now(), job));
    }

    private void told(Instant at, String says) {
        timeline.add("%9.3f %s".formatted(seconds(at), says));
    }

    private static double seconds(Instant at) {
        return Duration.between(SimNet.START, at).toMillis() / 1e3;
    }

    private void ended(ProbeResult result) {
        results.add(result);
        end = net.now();
        diagnoses.get(Vantage.PHONE).finish(end);
    }

    private void go() {
        over = net.run(LIMIT);
        if (lot.cause() != Lot.Cause.SERVER_DIES)
            diagnoses.get(Vantage.SERVER).finish(SimNet.START.plus(LIMIT));
        diagnoses.get(Vantage.BETWEEN).finish(SimNet.START.plus(LIMIT));
    }

    Lot lot() {
        return lot;
    }

    Truth truth() {
        return truth;
    }

    /// What the probe told; one, if all is well.
    List<ProbeResult> results() {
        return List.copyOf(results);
    }

    Map<Vantage, List<Verdict>> verdicts() {
        return verdicts;
    }

    Duration took() {
        return Duration.between(BEGIN, end);
    }

    /// What is still open or to come when it all should be over; empty if nothing is.
    Optional<String> left() {
        if (!over) return Optional.of("something is still to happen");
        if (probe.wakeAt().isPresent()) return Optional.of("the probe has an alarm left");
        return hosts.stream()
                .filter(host -> host.agent().open() > 0)
                .map(host -> host + " has " + host.agent().open() + " things open")
                .findFirst();
    }

    /// Everything that a person needs to see why it came so.
    String story() {
        var text = new StringBuilder("replay with -Dreferee.seed=" + lot.seed() + "\n" + lot);
        text.append('\n');
        results.forEach(one -> text.append(one).append('\n'));
        timeline.forEach(line -> text.append(line).append('\n'));
        verdicts.forEach((vantage, all) -> all.forEach(one -> text.append(judged(vantage, one))));
        return text.append(net.story()).toString();
    }

    private static String judged(Vantage vantage, Verdict verdict) {
        var text = new StringBuilder();
        text.append(vantage).append(' ').append(verdict.story().kind());
        text.append(' ').append(verdict.outcome());
        text.append(' ').append(verdict.story().callId()).append('\n');
        for (var finding : verdict.findings()) text.append("  ").append(finding).append('\n');
        return text.toString();
    }
}
