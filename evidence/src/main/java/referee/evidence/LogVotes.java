// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Candidates for an address with the weight of their votes: the better place in a message counts,
/// whatever the number.
final class LogVotes {
    /// How far a place in a message is to be believed.
    static final int VIA = 3;

    static final int CONTACT = 2;
    static final int URI = 1;

    private static final int MOST_CANDIDATES = 32;

    /// A counter a place, the better place in the higher bits.
    private static final int BITS = 20;

    private static final long MOST_VOTES = (1L << BITS) - 1;

    private final Map<Endpoint, Long> weights = new LinkedHashMap<>();

    void add(Endpoint endpoint, int place) {
        if (weights.size() >= MOST_CANDIDATES && !weights.containsKey(endpoint)) return;
        var shift = (place - 1) * BITS;
        var weight = weights.getOrDefault(endpoint, 0L);
        if ((weight >>> shift & MOST_VOTES) < MOST_VOTES)
            weights.put(endpoint, weight + (1L << shift));
    }

    Optional<Endpoint> best() {
        return weights.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey);
    }

    /// The best, if there is no other of the same standing.
    Optional<Endpoint> only() {
        var top = weights.values().stream().mapToInt(LogVotes::place).max().orElse(0);
        var rivals = weights.values().stream().filter(weight -> place(weight) == top).count();
        return rivals == 1 ? best() : Optional.empty();
    }

    private static int place(long weight) {
        return (63 - Long.numberOfLeadingZeros(weight)) / BITS;
    }
}
