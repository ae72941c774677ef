// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import referee.evidence.Sighting;

/// What each of several sources can see: from when to when, and between which hosts. Empty while
/// there is only one.
final class Views {
    /// A source that sees more is not believed to see them all.
    private static final int MOST_WAYS = 10_000;

    private static final class View {
        private final Instant from;
        private final Set<Way> ways = new HashSet<>();
        private Instant to = Instant.MAX;
        private Instant last;

        View(Instant from) {
            this.from = from;
            this.last = from;
        }
    }

    private final TreeMap<Integer, View> views = new TreeMap<>();
    private List<Watch.Span> spans = List.of();
    private boolean changed;

    boolean isEmpty() {
        return views.isEmpty();
    }

    void began(int source, Instant from) {
        views.put(source, new View(from));
        changed = true;
    }

    void ended(int source, Instant to) {
        var view = views.get(source);
        if (view == null) return;
        view.to = to;
        changed = true;
    }

    void saw(Sighting sighting) {
        var view = views.get(sighting.source());
        if (view == null) return;
        view.last = sighting.at();
        if (view.ways.size() >= MOST_WAYS) return;
        changed |= view.ways.add(Way.of(sighting.from(), sighting.to()));
    }

    /// When this source last gave a message, or began.
    Optional<Instant> last(int source) {
        return Optional.ofNullable(views.get(source)).map(view -> view.last);
    }

    /// By their beginnings. The list does not change any more.
    List<Watch.Span> spans() {
        if (!changed) return spans;
        var all = new ArrayList<Watch.Span>(views.size());
        for (var view : views.values()) {
            all.add(new Watch.Span(view.from, view.to, Set.copyOf(view.ways)));
        }
        all.sort((a, b) -> a.from().compareTo(b.from()));
        spans = List.copyOf(all);
        changed = false;
        return spans;
    }
}
