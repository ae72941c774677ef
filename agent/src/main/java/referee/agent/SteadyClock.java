// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.time.InstantSource;

/// Wall time that never goes backwards: read once from the system, then carried on by
/// [System#nanoTime].
public final class SteadyClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
