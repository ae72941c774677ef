// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import referee.agent.ProbePlan;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.stack.SimNet.Weather;

/// What one seed draws: who is asked for what in which weather, and the one thing that is wrong.
///
/// @param occasion what the phone does; only what a probe can do
/// @param cause what is wrong besides the weather
/// @param fault that the server commits, where that is the cause
/// @param callee whom the phone calls, and transfers
/// @param consulted whether the target of an attended transfer is a number of the server's own
/// @param byName whether the server is found by DNS
/// @param tcp whether the phone speaks TCP
/// @param since when something breaks, where something does
record Lot(
        long seed,
        Occasion occasion,
        Weather weather,
        Cause cause,
        Optional<Fault> fault,
        String callee,
        boolean consulted,
        boolean byName,
        boolean tcp,
        Duration since,
        Duration talk) {
    enum Cause {
        NOTHING,
        FAULT,
        WRONG_PASSWORD,
        /// The target refuses with 486.
        TARGET_BUSY,
        /// The target rings for ever.
        TARGET_RINGS,
        /// No machine has the target's address.
        TARGET_GONE,
        /// The first address that DNS gives is no machine's.
        FIRST_ADDRESS_DEAD,
        SERVER_DIES,
        /// Nothing gets from the phone to the server any more.
        WAY_THERE_DEAD,
        /// Nothing gets from the server to the phone any more.
        WAY_BACK_DEAD
    }

    private static final List<String> CALLEES =
            List.of(
                    "answer",
                    "echo",
                    "slow",
                    "5551234",
                    "busy",
                    "decline",
                    "notfound",
                    "ring",
                    "bob");

    static Lot draw(long seed) {
        var random = new SplittableRandom(seed);
        var occasion =
                pick(
                        random,
                        List.of(
                                Occasion.OPTIONS,
                                Occasion.REGISTER,
                                Occasion.REGISTER,
                                Occasion.CALL,
                                Occasion.CALL,
                                Occasion.CANCEL,
                                Occasion.TRANSFER,
                                Occasion.TRANSFER,
                                Occasion.TRANSFER,
                                Occasion.ATTENDED));
        var cause = pick(random, causes(occasion));
        var fault =
                cause == Cause.FAULT
                        ? Optional.of(fault(random, occasion))
                        : Optional.<Fault>empty();
        return new Lot(
                seed,
                occasion,
                weather(random),
                cause,
                fault,
                callee(random, occasion, cause),
                cause == Cause.FAULT || cause == Cause.NOTHING && random.nextBoolean(),
                cause == Cause.FIRST_ADDRESS_DEAD || random.nextInt(4) == 0,
                random.nextInt(6) == 0,
                Duration.ofMillis(random.nextInt(1, 8_000)),
                talk(random, fault));
    }

    private static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<Cause> causes(Occasion occasion) {
        var causes =
                new ArrayList<>(
                        List.of(
                                Cause.NOTHING,
                                Cause.NOTHING,
                                Cause.NOTHING,
                                Cause.FAULT,
                                Cause.FAULT,
                                Cause.FAULT,
                                Cause.FIRST_ADDRESS_DEAD,
                                Cause.SERVER_DIES,
                                Cause.WAY_THERE_DEAD,
                                Cause.WAY_BACK_DEAD));
        if (occasion != Occasion.OPTIONS) causes.add(Cause.WRONG_PASSWORD);
        if (occasion == Occasion.TRANSFER || occasion == Occasion.ATTENDED)
            causes.addAll(List.of(Cause.TARGET_BUSY, Cause.TARGET_RINGS, Cause.TARGET_GONE));
        return causes;
    }

    private static Fault fault(RandomGenerator random, Occasion occasion) {
        var fitting = Fault.all().stream().filter(one -> one.occasion() == occasion).toList();
        return pick(random, fitting);
    }

    private static String callee(RandomGenerator random, Occasion occasion, Cause cause) {
        return switch (occasion) {
            case CALL -> cause == Cause.NOTHING ? pick(random, CALLEES) : "answer";
            case CANCEL -> "ring";
            default -> "answer";
        };
    }

    private static Weather weather(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Weather.FINE;
            case 1 ->
                    new Weather(
                            random.nextDouble(0.05),
                            random.nextDouble(0.02),
                            Duration.ofMillis(random.nextInt(1, 60)),
                            Duration.ofMillis(random.nextInt(1, 40)));
            default ->
                    new Weather(
                            random.nextDouble(0.25),
                            random.nextDouble(0.2),
                            Duration.ofMillis(random.nextInt(1, 150)),
                            Duration.ofMillis(random.nextInt(1, 800)));
        };
    }

    /// A fault of a call that stands takes its time to show, a refresh that is missing most.
    private static Duration talk(RandomGenerator random, Optional<Fault> fault) {
        return fault.filter(one -> one.id().equals("session-refresh-missing")).isPresent()
                ? Duration.ofSeconds(150)
                : Duration.ofMillis(random.nextInt(fault.isPresent() ? 5_000 : 0, 6_000));
    }

    boolean isFine() {
        return weather.loss() == 0;
    }

    /// Nothing at all is wrong.
    boolean isHealthy() {
        return isFine() && cause == Cause.NOTHING;
    }

    /// Nothing gets through any more at some time.
    boolean isCut() {
        return switch (cause) {
            case SERVER_DIES, WAY_THERE_DEAD, WAY_BACK_DEAD -> true;
            default -> false;
        };
    }

    boolean isTransfer() {
        return occasion == Occasion.TRANSFER || occasion == Occasion.ATTENDED;
    }

    ProbePlan plan() {
        var host = byName ? Outing.NAME : Outing.SERVER;
        var transport = tcp && !byName ? ";transport=tcp" : "";
        var uri = "sip:" + callee + "@" + host + transport;
        var target =
                consulted && occasion == Occasion.ATTENDED
                        ? "sip:echo@" + Outing.SERVER
                        : Outing.CAROL;
        var plan =
                switch (occasion) {
                    case OPTIONS -> ProbePlan.of(ProbePlan.Kind.OPTIONS, uri);
                    case REGISTER ->
                            ProbePlan.of(ProbePlan.Kind.REGISTER, "sip:alice@" + host)
                                    .at("sip:" + host + transport);
                    case CALL -> ProbePlan.of(ProbePlan.Kind.CALL, uri);
                    case CANCEL ->
                            ProbePlan.of(ProbePlan.Kind.CALL, uri).patience(Duration.ofSeconds(3));
                    case TRANSFER -> ProbePlan.of(ProbePlan.Kind.TRANSFER, uri).to(target, false);
                    case ATTENDED -> ProbePlan.of(ProbePlan.Kind.TRANSFER, uri).to(target, true);
                    default -> throw new IllegalStateException(occasion + " is not for a probe");
                };
        return plan.talk(talk);
    }
}
