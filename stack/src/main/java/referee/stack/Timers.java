// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;

/// Every duration of this room (RFC 3261 table 4; timers L and M of RFC 6026 §7.1, N of RFC 6665
/// §4.1.2.4).
///
/// @param t1 the round trip assumed: 500 ms
/// @param t2 the longest gap between resent non-INVITE requests and INVITE responses: 4 s
/// @param t4 how long a message may stay in the network: 5 s
/// @param d how long an unreliable INVITE client waits for repeated final responses: 32 s or more
public record Timers(Duration t1, Duration t2, Duration t4, Duration d) {
    public static final Timers DEFAULT =
            new Timers(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(32));

    public Timers {
        if (!t1.isPositive() || !t2.isPositive())
            throw new IllegalArgumentException("T1 " + t1 + ", T2 " + t2);
    }

    /// Timers B, F, H, J, L, M and N.
    public Duration times64() {
        return t1.multipliedBy(64);
    }

    /// How long a client's timer E takes to reach T2: from then on 100 may be sent (RFC 4320 §4.1).
    Duration untilT2() {
        var sum = Duration.ZERO;
        for (var gap = t1; gap.compareTo(t2) < 0; gap = gap.multipliedBy(2)) sum = sum.plus(gap);
        return sum;
    }

    Duration doubled(Duration gap) {
        var twice = gap.multipliedBy(2);
        return twice.compareTo(t2) < 0 ? twice : t2;
    }
}
