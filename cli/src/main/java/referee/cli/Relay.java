// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Witness;

/// Lets reading and judging run side by side: what the reading thread sees is handed to another
/// witness on a thread of its own, in the same order, some hundred at a time. The queue between
/// them is short, so the reader waits for a judge that is slower.
final class Relay implements Witness {
    /// Reads a source to its end and tells the witness.
    interface Reading<T> {
        T read(Witness witness) throws IOException;
    }

    private static final int BATCH = 256;
    private static final int BATCHES = 32;
    private static final List<Object> END = List.of();

    private final BlockingQueue<List<Object>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Witness witness;
    private final Thread judge;
    private List<Object> batch = new ArrayList<>(BATCH);
    private volatile @Nullable Throwable failure;

    private Relay(Witness witness) {
        this.witness = witness;
        this.judge = Thread.ofPlatform().name("judge").unstarted(this::judge);
    }

    /// Runs the reading on this thread and the witness on another, and returns when both are done.
    static <T> T run(Reading<T> reading, Witness witness) throws IOException {
        var relay = new Relay(witness);
        relay.judge.start();
        try {
            return reading.read(relay);
        } finally {
            relay.end();
        }
    }

    @Override
    public void saw(Sighting sighting) {
        add(sighting);
    }

    @Override
    public void missed(Gap gap) {
        add(gap);
    }

    private void add(Object event) {
        batch.add(event);
        if (batch.size() == BATCH) flush();
    }

    private void flush() {
        if (failure != null) throw new IllegalStateException("the judging thread failed", failure);
        put(batch);
        batch = new ArrayList<>(BATCH);
    }

    private void end() {
        if (!batch.isEmpty()) put(batch);
        put(END);
        try {
            judge.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while judging", e);
        }
        if (failure != null) throw new IllegalStateException("the judging thread failed", failure);
    }

    private void put(List<Object> events) {
        try {
            queue.put(events);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while judging", e);
        }
    }

    /// After a failure it goes on to empty the queue, so that the reader never waits for ever.
    private void judge() {
        try {
            for (var events = queue.take(); !events.isEmpty(); events = queue.take()) {
                if (failure == null) tell(events);
            }
        } catch (InterruptedException e) {
            failure = e;
        }
    }

    private void tell(List<Object> events) {
        try {
            for (var event : events) {
                if (event instanceof Sighting sighting) witness.saw(sighting);
                else if (event instanceof Gap gap) witness.missed(gap);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}
