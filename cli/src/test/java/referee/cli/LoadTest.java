// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import referee.agent.Load;
import referee.agent.LoadPlan;
import referee.agent.LoadResult;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.Seat;
import referee.agent.Watcher;
import referee.practice.Committed;
import referee.practice.Practice;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;

/// Loads in virtual time.
class LoadTest {
    private static final String PHONE = "203.0.113.1";
    private static final String SERVER = "203.0.113.2";
    private static final Duration ROUND_TRIP = Duration.ofMillis(10);

    private final SimNet net = new SimNet(5, SimNet.Weather.FINE);
    private final LoadTally tally = new LoadTally();
    private final LoadEvidence evidence = new LoadEvidence();
    private final List<LoadResult> results = new ArrayList<>();
    private int asked;

    private static LoadPlan plan(ProbePlan.Kind kind, int count, double rate, int most) {
        return new LoadPlan(ProbePlan.of(kind, "sip:bob@" + SERVER), count, rate, most);
    }

    /// A server that replies to the n-th request, counted from 1, after this time.
    private void server(Function<Integer, Duration> wait, Function<Integer, Reply> reply) {
        net.host(
                "server",
                SERVER,
                setup -> setup.user("sip:bob@" + SERVER).serves("INVITE", "OPTIONS"),
                (host, event) -> {
                    switch (event) {
                        case Event.Asked(var job, _, _) -> reply(host, job, wait, reply);
                        case Event.Invited(var job, _, _, _) -> reply(host, job, wait, reply);
                        default -> {}
                    }
                });
    }

    private void reply(
            Host host, Job job, Function<Integer, Duration> wait, Function<Integer, Reply> reply) {
        var number = ++asked;
        net.after(
                wait.apply(number),
                () -> host.carryOut(host.agent().reply(net.now(), job, reply.apply(number))));
    }

    private void practice(String fault) {
        var plan = Practice.Plan.DEFAULT.opened().with(Committed.parse(fault));
        var practice = new Practice(plan, new SplittableRandom(3));
        net.host("server", SERVER, _ -> practice.setup(SimNet.locals(SERVER)), new Seat(practice));
    }

    private LoadResult run(LoadPlan plan) {
        return run(plan, Duration.ofDays(1));
    }

    private LoadResult run(LoadPlan plan, Duration stop) {
        var load = new Load(plan, tally::add, results::add);
        var phone =
                net.host(
                        "phone", PHONE, setup -> setup.user("sip:alice@" + SERVER), new Seat(load));
        net.tap(Watcher.at(PHONE, evidence));
        net.at(Duration.ZERO, () -> phone.carryOut(load.begin(phone.agent(), net.now())));
        net.at(stop, () -> phone.carryOut(load.stop(phone.agent(), net.now(), "enough")));
        net.run(stop.plusHours(1));
        evidence.finish(net.now());
        assertThat(results).as(net.story()).hasSize(1);
        return results.getFirst();
    }

    /// When each new request of this method was first sent, since the start.
    private List<Duration> sent(String method) {
        return net.sent().stream()
                .filter(one -> one.from().equals("phone") && one.message().isRequest())
                .filter(one -> one.message().method().toString().equals(method))
                .map(one -> Duration.between(SimNet.START, one.at()))
                .toList();
    }

    @Test
    void beginsAtASteadyRateHoweverLongEachTakes() {
        server(_ -> Duration.ofMillis(400), _ -> Reply.of(200));

        var result = run(plan(ProbePlan.Kind.OPTIONS, 50, 20, 100));

        assertThat(result.begun()).isEqualTo(50);
        assertThat(result.perSecond()).isCloseTo(20, within(1e-9));
        assertThat(result.heldCount()).isZero();
        assertThat(result.mostOpen()).isEqualTo(9);
        var begins = sent("OPTIONS");
        for (var i = 0; i < 50; i++)
            assertThat(begins.get(i)).isEqualTo(Duration.ofMillis(50L * i));
        assertThat(tally.count(ProbeEnd.SUCCEEDED)).isEqualTo(50);
        assertThat(evidence.faults()).isEmpty();
    }

    @Test
    void tellsPercentilesOfTheTimeToTheAnswer() {
        server(number -> Duration.ofMillis(4L * number), _ -> Reply.of(200));

        run(plan(ProbePlan.Kind.OPTIONS, 100, 10, 100));

        var times = tally.answered();
        assertThat(times.count()).isEqualTo(100);
        assertNear(times.percentile(50), 200);
        assertNear(times.percentile(90), 360);
        assertNear(times.percentile(99), 396);
        assertNear(times.max(), 400);
    }

    private static void assertNear(Duration measured, long waitedMillis) {
        var wanted = ROUND_TRIP.plusMillis(waitedMillis).toNanos();
        assertThat((double) measured.toNanos()).isCloseTo((double) wanted, within(wanted * 0.002));
    }

    @Test
    void countsFailuresApartFromTheTimesOfSuccesses() {
        server(_ -> Duration.ZERO, number -> Reply.of(number % 4 == 0 ? 486 : 200));

        run(plan(ProbePlan.Kind.OPTIONS, 20, 10, 100));

        assertThat(tally.count(ProbeEnd.BUSY)).isEqualTo(5);
        assertThat(tally.codes()).containsEntry(486, 5L).containsEntry(200, 15L);
        assertThat(tally.first().count()).isEqualTo(20);
        assertThat(tally.answered().count()).isEqualTo(15);
    }

    @Test
    void keepsTheLimitSaysSoAndMakesNothingUpInABurst() {
        server(_ -> Duration.ofMillis(400), _ -> Reply.of(200));

        var result = run(plan(ProbePlan.Kind.OPTIONS, 20, 50, 4));

        assertThat(result.mostOpen()).isEqualTo(4);
        assertThat(result.heldCount()).isEqualTo(4);
        assertThat(result.held()).isPositive();
        assertThat(result.latest()).isZero();
        assertThat(result.perSecond()).isLessThan(15);
        var begins = sent("OPTIONS");
        for (var i = 1; i < 20; i++)
            assertThat(begins.get(i).minus(begins.get(i - 1)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }

    @Test
    void leavesAServerAloneForAsLongAsItAsks() {
        server(
                _ -> Duration.ZERO,
                number -> number == 3 ? Reply.of(503).with("Retry-After", "30") : Reply.of(200));

        var result = run(plan(ProbePlan.Kind.OPTIONS, 10, 10, 100));

        assertThat(result.rests()).isEqualTo(1);
        assertThat(result.rested()).isEqualTo(Duration.ofSeconds(30));
        var begins = sent("OPTIONS");
        assertThat(begins).hasSize(10);
        assertThat(begins.get(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(begins.get(3)).isEqualTo(Duration.ofMillis(30_210));
    }

    @Test
    void takesA503WithoutRetryAfterForNoRequestToRest() {
        server(_ -> Duration.ZERO, _ -> Reply.of(503));

        var result = run(plan(ProbePlan.Kind.OPTIONS, 10, 10, 100));

        assertThat(result.rests()).isZero();
        assertThat(result.begun()).isEqualTo(10);
    }

    @Test
    void endsWhereTheServerAsksForALongRest() {
        server(_ -> Duration.ZERO, _ -> Reply.of(503).with("Retry-After", "7200"));

        var result = run(plan(ProbePlan.Kind.OPTIONS, 10, 10, 100));

        assertThat(result.begun()).isEqualTo(1);
        assertThat(result.stopped()).hasValueSatisfying(why -> assertThat(why).contains("7200 s"));
    }

    @Test
    void hangsUpWhatStandsWhenItIsStopped() {
        server(_ -> Duration.ZERO, _ -> Reply.of(200));
        var calls = plan(ProbePlan.Kind.CALL, 100, 10, 100);
        var talk = calls.probe().talk(Duration.ofMinutes(5));

        var result = run(new LoadPlan(talk, 100, 10, 100), Duration.ofSeconds(2));

        assertThat(result.stopped()).contains("enough");
        assertThat(result.begun()).isEqualTo(sent("INVITE").size()).isLessThan(25);
        assertThat(sent("BYE")).hasSize(result.begun());
        assertThat(tally.count(ProbeEnd.INTERRUPTED)).isEqualTo(result.begun());
    }

    @Test
    void countsAFaultOnceAStoryAndKeepsItsFirstFinding() {
        practice("forbidden-by-policy");

        run(plan(ProbePlan.Kind.CALL, 12, 2, 100));

        var faults = evidence.faults().size();
        var found = evidence.faults().get("forbidden-by-policy");
        assertThat(found.stories()).isEqualTo(12);
        assertThat(evidence.docket().findings()).hasSize(faults);
        assertThat(evidence.docket().storyCount()).isEqualTo(12);
    }

    @Test
    void countsRetransmissionsOfBothSides() {
        server(
                number -> number == 2 ? Duration.ofMillis(1_200) : Duration.ZERO,
                _ -> Reply.of(200));

        run(plan(ProbePlan.Kind.OPTIONS, 3, 1, 100));

        assertThat(evidence.sentAgain()).isEqualTo(1);
        assertThat(evidence.receivedAgain()).isZero();
    }

    @Test
    void takesPlansThatMakeSense() {
        var probe = ProbePlan.of(ProbePlan.Kind.CALL, "sip:bob@" + SERVER);
        for (var wrong :
                List.<Runnable>of(
                        () -> new LoadPlan(probe, 0, 1, 1),
                        () -> new LoadPlan(probe, 1, 0, 1),
                        () -> new LoadPlan(probe, 1, Double.NaN, 1)))
            org.junit.jupiter.api.Assertions.assertThrows(
                    IllegalArgumentException.class, wrong::run);
    }
}
