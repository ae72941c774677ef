// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;

/// How often a probe is to be repeated.
///
/// @param probe what each does; no transfer
/// @param count how many in all, 1 or more
/// @param perSecond how many begin a second
/// @param most how many may be open at the same time
/// @param longestRest how long a rest is kept that a server asks for with 503 and Retry-After;
///   where it asks for more, the load ends
public record LoadPlan(
        ProbePlan probe, int count, double perSecond, int most, Duration longestRest) {
    private static final Duration REST = Duration.ofMinutes(5);

    public LoadPlan {
        if (count < 1 || most < 1 || !(perSecond > 0))
            throw new IllegalArgumentException(
                    "%d probes, %s a second, %d at a time".formatted(count, perSecond, most));
    }

    public LoadPlan(ProbePlan probe, int count, double perSecond, int most) {
        this(probe, count, perSecond, most, REST);
    }
}
