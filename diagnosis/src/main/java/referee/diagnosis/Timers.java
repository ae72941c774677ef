// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;

/// The timer values that deadlines are counted with (RFC 3261 Appendix A).
///
/// @param t1 round-trip time estimate
/// @param t2 largest gap between retransmissions of a non-INVITE request or a 2xx
public record Timers(Duration t1, Duration t2) {
    public static final Timers DEFAULT = new Timers(Duration.ofMillis(500), Duration.ofSeconds(4));

    /// Timers B, F, H and N: how long the other side has to answer.
    public Duration patience() {
        return t1.multipliedBy(64);
    }
}
