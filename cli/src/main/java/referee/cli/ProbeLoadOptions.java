// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import referee.agent.LoadPlan;
import referee.agent.ProbePlan;

/// The options of probes that can be repeated. A load has a cap, so that nobody floods a server
/// without meaning to.
final class ProbeLoadOptions {
    private static final int MOST_PROBES = 1_000_000;
    private static final int MOST_OPEN = 5_000;
    private static final double USUAL_RATE = 1;
    private static final double MOST_RATE = 100;
    private static final double MOST_HIGH_RATE = 2_000;
    private static final int USUAL_OPEN = 500;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Do it so often, and report how long answers took and what failed. A server that answers 503 with Retry-After is left alone for so long.")
    @Nullable Integer repeat;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "With --repeat: so many begin a second, whether or not those before have ended; at most 100. Default: 1.")
    @Nullable Double rate;

    @Option(
            names = "--concurrent",
            paramLabel = "M",
            description =
                    "With --repeat: no more than these are open at the same time; others wait. Default: 500.")
    @Nullable Integer concurrent;

    @Option(
            names = "--allow-high-rate",
            description = "With --rate: up to 2000 a second. Only against servers that are yours.")
    boolean high;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeLoadOptions() {}

    /// Empty where it is not to be repeated.
    Optional<LoadPlan> load(ProbePlan probe) {
        if (repeat == null) {
            if (rate != null || concurrent != null || high)
                throw wrong("--rate, --concurrent and --allow-high-rate are for --repeat N");
            return Optional.empty();
        }
        if (repeat < 1 || repeat > MOST_PROBES) throw wrong("--repeat is 1 to " + MOST_PROBES);
        var most = concurrent == null ? USUAL_OPEN : concurrent;
        if (most < 1 || most > MOST_OPEN) throw wrong("--concurrent is 1 to " + MOST_OPEN);
        return Optional.of(new LoadPlan(probe, repeat, rate(), most));
    }

    private double rate() {
        if (rate == null) return USUAL_RATE;
        if (!(rate >= 0.01 && rate <= MOST_HIGH_RATE))
            throw wrong("--rate is 0.01 to 2000 a second");
        if (rate > MOST_RATE && !high)
            throw wrong(
                    "--rate is more than 100 a second; if the server is yours, add --allow-high-rate");
        return rate;
    }

    private ParameterException wrong(String says) {
        return new ParameterException(spec.commandLine(), says);
    }
}
