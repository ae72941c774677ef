// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.util.Optional;

/// How a load went as a whole. How its probes went was told one by one.
///
/// @param begun how many
/// @param took from the first begin until nothing was open any more
/// @param beginning from the first begin to the last
/// @param mostOpen how many were open at the same time, at most
/// @param heldCount how often a begin had to wait because too many were open
/// @param held how long these waited, together
/// @param latest by how much the latest begin was late for another reason: the machine was busy
/// @param rests how often the server asked for rest with 503 and Retry-After
/// @param rested for how long none was begun because of that
/// @param stopped why it ended before all had begun
public record LoadResult(
        int begun,
        Duration took,
        Duration beginning,
        int mostOpen,
        long heldCount,
        Duration held,
        Duration latest,
        int rests,
        Duration rested,
        Optional<String> stopped) {
    /// Of a load that could not begin.
    public static LoadResult none(String why) {
        return new LoadResult(
                0,
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Optional.of(why));
    }

    /// How many began a second, measured between the first and the last; 0 of fewer than two.
    public double perSecond() {
        return begun < 2 || beginning.isZero() ? 0 : (begun - 1) * 1e9 / beginning.toNanos();
    }
}
