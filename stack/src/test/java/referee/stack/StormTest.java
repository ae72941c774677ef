// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import referee.sip.DigestAlgorithm;

/// Registrations, calls and transfers on a network that loses, delays, doubles and reorders: none
/// hangs, each ends once, and no outcome is told that is not so. `-Dreferee.runs=10000` for more.
class StormTest {
    private static final int RUNS = Integer.getInteger("referee.runs", 150);
    private static final SimNet.Weather ROUGH =
            new SimNet.Weather(0.15, 0.1, Duration.ofMillis(10), Duration.ofMillis(700));

    private static Pair pair(long seed) {
        return new Pair(new SimNet(seed, ROUGH), setup -> setup, setup -> setup);
    }

    /// Everything ends, and nothing is left over.
    private static void isOver(Pair pair) {
        assertThat(pair.net.run(Duration.ofHours(3))).as(() -> pair.net.story()).isTrue();
        assertThat(pair.alice.agent().open()).as(() -> pair.net.story()).isZero();
        assertThat(pair.bob.agent().open()).as(() -> pair.net.story()).isZero();
    }

    @Test
    void registersWithCredentialsOrSaysWhyNot() {
        for (var seed = 1L; seed <= RUNS; seed++) {
            var challenger =
                    new Challenger(
                            "r",
                            false,
                            List.of(DigestAlgorithm.SHA_256),
                            "auth",
                            Duration.ofMinutes(5),
                            new SplittableRandom(seed));
            var pair = pair(seed);
            var bound = new boolean[1];
            pair.bob((host, event) -> {
                if (!(event instanceof Event.Asked(var job, var request, _))) return;
                var verdict =
                        challenger.check(
                                host.now(),
                                request,
                                (_, algorithm) -> Optional.of(Pair.ACCOUNT.secret(algorithm, "r")));
                var reply =
                        verdict instanceof Challenger.Verdict.Accepted
                                ? Reply.of(200)
                                        .with(
                                                "Contact",
                                                Pair.value(request, referee.sip.HeaderName.CONTACT))
                                : challenger.challenge(
                                        host.now(), verdict instanceof Challenger.Verdict.Stale);
                bound[0] |= reply.code() == 200;
                pair.reply(job, reply);
            });
            var job = pair.register();
            pair.at(
                    120,
                    () -> pair.alice.carryOut(pair.alice.agent().unregister(pair.net.now(), job)));
            isOver(pair);
            var registered = pair.alice.events(Event.Registered.class).size();
            var ended =
                    pair.alice.events(Event.Failed.class).size()
                            + pair.alice.events(Event.Unregistered.class).size();
            assertThat(ended).as(() -> pair.net.story()).isEqualTo(1);
            if (registered > 0) assertThat(bound[0]).as(() -> pair.net.story()).isTrue();
            assertThat(pair.alice.events(Event.Failed.class))
                    .as(() -> pair.net.story())
                    .noneMatch(one -> one.why() instanceof Failure.CredentialsRejected);
        }
    }

    @Test
    void callsAndEndsOnBothSides() {
        for (var seed = 1L; seed <= RUNS; seed++) {
            var pair = pair(seed);
            var random = new SplittableRandom(seed);
            pair.bob((host, event) -> {
                if (!(event instanceof Event.Invited(var job, _, _, _))) return;
                var ringing = Reply.of(180);
                pair.reply(job, random.nextBoolean() ? ringing.reliably() : ringing);
                var after = host.now().plusMillis(random.nextInt(6000));
                pair.net.at(
                        Duration.between(SimNet.START, after),
                        () -> pair.reply(job, Reply.of(random.nextInt(4) == 0 ? 486 : 200)));
            });
            var call = pair.call();
            pair.at(
                    random.nextInt(30),
                    () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
            isOver(pair);
            assertThat(
                            pair.alice.events(Event.CallEnded.class).size()
                                    + pair.alice.events(Event.Failed.class).size())
                    .as(() -> pair.net.story())
                    .isEqualTo(1);
            assertThat(pair.bob.events(Event.CallEnded.class).size())
                    .as(() -> pair.net.story())
                    .isEqualTo(pair.bob.events(Event.Invited.class).size());
        }
    }

    @Test
    void transfersAndTellsNoOutcomeThatIsNotSo() {
        var kinds = new HashMap<Class<?>, Integer>();
        for (var seed = 1L; seed <= RUNS; seed++) {
            var pair = pair(seed);
            var random = new SplittableRandom(seed);
            var busy = random.nextBoolean();
            pair.net.host(
                    "carol",
                    "192.0.2.3",
                    setup -> setup.user("sip:carol@example.com").serves("INVITE"),
                    (host, event) -> {
                        if (event instanceof Event.Invited(var job, _, _, _))
                            host.carryOut(
                                    host.agent()
                                            .reply(host.now(), job, Reply.of(busy ? 486 : 200)));
                    });
            pair.bob((host, event) -> {
                if (event instanceof Event.Invited(var job, _, _, _))
                    pair.reply(job, Reply.of(200));
                if (event instanceof Event.Referred(var job, _, _, _))
                    host.start(host.agent().follow(host.now(), job));
                if (event instanceof Event.CallAnswered(var job, _))
                    pair.net.at(
                            Duration.between(SimNet.START, host.now()).plusSeconds(60),
                            () -> host.carryOut(host.agent().hangUp(host.now(), job)));
            });
            var call = pair.call();
            pair.at(40, () -> pair.transfer(call, Transferring.to("sip:carol@192.0.2.3")));
            pair.at(
                    200,
                    () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
            isOver(pair);
            var outcomes = pair.alice.events(Event.TransferOutcome.class);
            var failed = pair.alice.events(Event.Failed.class).size();
            assertThat(outcomes.size() + failed).as(() -> pair.net.story()).isBetween(1, 2);
            for (var told : outcomes) {
                kinds.merge(told.outcome().getClass(), 1, Integer::sum);
                switch (told.outcome()) {
                    case Outcome.Succeeded _ ->
                            assertThat(busy).as(() -> pair.net.story()).isFalse();
                    case Outcome.Failed(var code, _) ->
                            assertThat(busy || code == 408).as(() -> pair.net.story()).isTrue();
                    case Outcome.Unknown _ -> {}
                }
            }
        }
        assertThat(kinds)
                .as("both ends of a transfer are seen, each often")
                .hasEntrySatisfying(
                        Outcome.Succeeded.class, count -> assertThat(count).isGreaterThan(RUNS / 4))
                .hasEntrySatisfying(
                        Outcome.Failed.class, count -> assertThat(count).isGreaterThan(RUNS / 4));
    }
}
