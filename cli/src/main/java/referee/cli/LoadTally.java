// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import referee.agent.ProbeEnd;
import referee.agent.ProbeResult;

/// How the probes of a load ended and how long they took. Memory does not grow with their number;
/// times are kept to three digits.
final class LoadTally {
    private static final long LONGEST = Duration.ofHours(2).toNanos() / 1_000;

    private final Map<ProbeEnd, Long> ends = new EnumMap<>(ProbeEnd.class);
    private final Map<Integer, Long> codes = new TreeMap<>();
    private final Histogram first = new Histogram(LONGEST, 3);
    private final Histogram answered = new Histogram(LONGEST, 3);
    private long ended;

    void add(ProbeResult result) {
        ended++;
        ends.merge(result.end(), 1L, Long::sum);
        codes.merge(result.code(), 1L, Long::sum);
        result.firstResponse().ifPresent(one -> add(first, one));
        if (result.end() == ProbeEnd.SUCCEEDED)
            result.answered().ifPresent(one -> add(answered, one));
    }

    private static void add(Histogram histogram, Duration duration) {
        histogram.recordValue(Math.clamp(duration.toNanos() / 1_000, 0, LONGEST));
    }

    long ended() {
        return ended;
    }

    long count(ProbeEnd end) {
        return ends.getOrDefault(end, 0L);
    }

    Map<ProbeEnd, Long> ends() {
        return Map.copyOf(ends);
    }

    Map<Integer, Long> codes() {
        return new TreeMap<>(codes);
    }

    /// How long the first response took, whatever it was.
    Times first() {
        return new Times(first.copy());
    }

    /// How long the final response took, of those that succeeded.
    Times answered() {
        return new Times(answered.copy());
    }

    /// A distribution of times.
    static final class Times {
        private final Histogram histogram;

        private Times(Histogram histogram) {
            this.histogram = histogram;
        }

        long count() {
            return histogram.getTotalCount();
        }

        /// What so many of a hundred do not exceed; zero where there are none.
        Duration percentile(double percent) {
            return micros(histogram.getValueAtPercentile(percent));
        }

        Duration max() {
            return micros(histogram.getMaxValue());
        }

        private static Duration micros(long value) {
            return Duration.ofNanos(value * 1_000);
        }
    }
}
