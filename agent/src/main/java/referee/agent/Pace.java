// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When the next probe of a load is to begin: at a steady rate, whether or not those before it have
/// ended. A time that is missed, because too many are open or the server asked for rest, moves all
/// later ones: nothing is made up for in a burst.
final class Pace {
    /// A begin that is late by more than this moves the later ones too.
    private static final Duration SLIP = Duration.ofMillis(100);

    private final double perSecond;
    private Instant origin = Instant.MAX;
    private long sinceOrigin;
    private Optional<Instant> heldSince = Optional.empty();
    private Duration held = Duration.ZERO;
    private long heldCount;
    private Duration latest = Duration.ZERO;

    /// @param perSecond more than 0
    Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /// The first begins now.
    void start(Instant at) {
        origin = at;
        sinceOrigin = 0;
    }

    /// When the next is due.
    Instant next() {
        return origin.equals(Instant.MAX)
                ? origin
                : origin.plusNanos((long) (sinceOrigin * 1e9 / perSecond));
    }

    /// One has begun.
    void took(Instant at) {
        release(at);
        var late = Duration.between(next(), at);
        if (late.compareTo(latest) > 0) latest = late;
        if (late.compareTo(SLIP) > 0) start(at);
        sinceOrigin++;
    }

    /// The next was due, and may not begin because too many are open.
    void hold() {
        if (heldSince.isPresent()) return;
        heldSince = Optional.of(next());
        heldCount++;
    }

    /// Whether the next waits for one to end.
    boolean isHeld() {
        return heldSince.isPresent();
    }

    private void release(Instant at) {
        if (heldSince.isEmpty()) return;
        held = held.plus(Duration.between(heldSince.get(), at));
        heldSince = Optional.empty();
        start(at);
    }

    /// None begins before then.
    void rest(Instant until) {
        if (next().isBefore(until)) start(until);
    }

    /// How often one had to wait because too many were open.
    long heldCount() {
        return heldCount;
    }

    /// For how long, together.
    Duration held() {
        return held;
    }

    /// By how much the latest one was late that did not have to wait: what the machine that begins
    /// them is to blame for.
    Duration latest() {
        return latest;
    }
}
