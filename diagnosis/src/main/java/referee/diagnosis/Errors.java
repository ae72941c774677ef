// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import referee.evidence.Gap;
import referee.evidence.Unreachable;

/// The ICMP errors seen, by the two ends of the packet each is about; a bounded number.
final class Errors {
    private static final int MOST = 10_000;

    private final Map<Gap.Path, List<Unreachable>> byPath = new HashMap<>();
    private int count;

    void add(Unreachable error) {
        if (count == MOST) return;
        count++;
        var path = new Gap.Path(error.from(), error.to());
        byPath.computeIfAbsent(path, _ -> new ArrayList<>(1)).add(error);
    }

    /// Those about packets between the ends of these stories.
    List<Unreachable> about(Case stories) {
        if (byPath.isEmpty()) return List.of();
        var paths = new LinkedHashSet<Gap.Path>();
        for (var story : stories.stories()) {
            for (var transaction : story.transactions()) addPaths(transaction, paths);
        }
        var about = new ArrayList<Unreachable>(0);
        for (var path : paths) about.addAll(byPath.getOrDefault(path, List.of()));
        return List.copyOf(about);
    }

    private static void addPaths(Transaction transaction, Set<Gap.Path> paths) {
        for (var hop : transaction.hops()) paths.add(new Gap.Path(hop.client(), hop.server()));
    }
}
