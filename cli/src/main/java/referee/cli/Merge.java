// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import referee.evidence.Account;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// Reads several sources side by side and tells what they hold as one, by time. A source is opened
/// when time has come to its beginning, so that many that follow each other need not be open at
/// once. What a source says out of order comes out of order.
final class Merge {
    /// More that overlap begin late.
    private static final int MOST_OPEN = 64;

    /// What happens at a source, besides sightings.
    sealed interface Event {
        /// Which source, counted from 0.
        int source();
    }

    record Began(int source, Instant at) implements Event {}

    record Missed(int source, Gap gap) implements Event {}

    record Ended(int source, Account account) implements Event {}

    record Unread(int source, IOException why) implements Event {}

    /// Reads a source that is named by its place in the list.
    interface Opener {
        Account read(Source source, Witness witness) throws IOException;
    }

    private record Planned(int source, Instant start) {}

    private final List<Source> sources;
    private final Opener opener;
    private final Consumer<Object> told;
    private final PriorityQueue<Feed> open =
            new PriorityQueue<>(Comparator.comparing(Feed::time).thenComparingInt(Feed::source));

    /// @param told of sightings, ICMP errors and [Event]s
    Merge(List<Source> sources, Opener opener, Consumer<Object> told) {
        this.sources = sources;
        this.opener = opener;
        this.told = told;
    }

    void read() {
        var rest = plan();
        try {
            while (!rest.isEmpty() || !open.isEmpty()) {
                while (isDue(rest)) open(rest.removeFirst());
                if (!open.isEmpty()) step(open.remove());
            }
        } finally {
            open.forEach(Feed::stop);
        }
    }

    private boolean isDue(Deque<Planned> rest) {
        return !rest.isEmpty()
                && open.size() < MOST_OPEN
                && (open.isEmpty() || !rest.getFirst().start().isAfter(open.element().time()));
    }

    private void open(Planned planned) {
        var source = sources.get(planned.source());
        told.accept(new Began(planned.source(), planned.start()));
        next(new Feed(planned.source(), planned.start(), witness -> opener.read(source, witness)));
    }

    private void step(Feed feed) {
        told.accept(feed.head() instanceof Gap gap ? new Missed(feed.source(), gap) : feed.head());
        next(feed);
    }

    private void next(Feed feed) {
        var more = false;
        try {
            more = feed.advance();
        } finally {
            if (!more) feed.stop();
        }
        if (more) open.add(feed);
        else end(feed);
    }

    private void end(Feed feed) {
        try {
            told.accept(new Ended(feed.source(), feed.account()));
        } catch (IOException e) {
            told.accept(new Unread(feed.source(), e));
        }
    }

    /// The sources by their beginnings. Each is opened for a moment; what cannot be read is told
    /// and left out.
    private Deque<Planned> plan() {
        var plan = new ArrayList<Planned>(sources.size());
        for (var i = 0; i < sources.size(); i++) {
            try {
                plan.add(new Planned(i, start(sources.get(i))));
            } catch (IOException e) {
                told.accept(new Unread(i, e));
            }
        }
        plan.sort(Comparator.comparing(Planned::start).thenComparingInt(Planned::source));
        return new ArrayDeque<>(plan);
    }

    /// The time of its first frame; of standard input, which cannot be read twice, the earliest
    /// there is.
    private Instant start(Source source) throws IOException {
        if (source.isStandardInput()) return Instant.MIN;
        try {
            opener.read(source, new First());
            return Instant.MIN;
        } catch (Enough e) {
            return e.at;
        }
    }

    /// Stops the reading at the first time it hears.
    private static final class First implements Witness {
        @Override
        public void began(Instant at) {
            throw new Enough(at);
        }

        @Override
        public void saw(Sighting sighting) {
            throw new Enough(sighting.at());
        }

        @Override
        public void unreachable(Unreachable error) {
            throw new Enough(error.at());
        }

        @Override
        public void missed(Gap gap) {
            if (gap.at().isPresent()) throw new Enough(gap.at().get());
        }
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Instant at;

        Enough(Instant at) {
            super(null, null, false, false);
            this.at = at;
        }
    }
}
