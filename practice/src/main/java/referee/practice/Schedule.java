// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import referee.stack.Output;

/// What is to be done later. Holds so much and no more: further things are forgotten.
final class Schedule {
    private static final int MOST = 100_000;

    interface Thing {
        void happen(Instant at, List<Output> outputs);
    }

    private record Entry(Instant at, long number, Thing thing) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
    private long count;

    void add(Instant at, Thing thing) {
        if (entries.size() < MOST) entries.add(new Entry(at, count++, thing));
    }

    Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }

    List<Output> due(Instant at) {
        var outputs = new ArrayList<Output>();
        while (!entries.isEmpty() && !entries.peek().at().isAfter(at))
            entries.poll().thing().happen(at, outputs);
        return outputs;
    }
}
