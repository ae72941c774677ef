// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When to ping over the connections that we opened: after 95 to 120 s, each time another number,
/// so that many agents do not ping together (RFC 5626 §4.4.1).
///
/// Nothing is pinged over UDP: a server has to say first that it takes STUN at its SIP port (RFC
/// 5626 §8), and line ends are not allowed there.
final class KeepAlive {
    private static final Duration LEAST = Duration.ofSeconds(95);
    private static final int SPREAD_MILLIS = 25_000;

    private final RandomGenerator random;
    private Instant due;

    KeepAlive(RandomGenerator random, Instant at) {
        this.random = random;
        this.due = next(at);
    }

    private Instant next(Instant at) {
        return at.plus(LEAST).plusMillis(random.nextInt(SPREAD_MILLIS + 1));
    }

    Instant wakeAt() {
        return due;
    }

    /// Whether it is time, and if so, not again before the next.
    boolean isDue(Instant at) {
        if (at.isBefore(due)) return false;
        due = next(at);
        return true;
    }
}
