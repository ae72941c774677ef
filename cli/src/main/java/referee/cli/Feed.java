// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import referee.evidence.Account;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// One of several sources, read on a thread of its own, a few messages ahead of whoever takes them.
final class Feed implements Witness {
    /// Reads a source from beginning to end.
    interface Reading {
        Account read(Witness witness) throws IOException;
    }

    private static final int BATCH = 64;
    private static final int BATCHES = 4;

    private final int source;
    private final BlockingQueue<List<Object>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private List<Object> batch = new ArrayList<>(BATCH);
    private Iterator<Object> taken = List.of().iterator();
    private @Nullable Object head;
    private Instant time;

    /// Written by the reader before its last batch, read after it.
    private volatile @Nullable Account account;

    private volatile @Nullable Exception failure;

    /// @param start no message is earlier, as far as is known
    Feed(int source, Instant start, Reading reading) {
        this.source = source;
        this.time = start;
        this.thread = Thread.ofPlatform().daemon().name("feed-" + source).start(() -> run(reading));
    }

    int source() {
        return source;
    }

    /// A sighting, a gap or an ICMP error.
    Object head() {
        if (head == null) throw new IllegalStateException("nothing taken from feed " + source);
        return head;
    }

    /// When the head passed; for a gap without a time, what came before it.
    Instant time() {
        return time;
    }

    /// Takes the next from the reader, and waits for it.
    ///
    /// @return false at the end
    boolean advance() {
        try {
            if (!taken.hasNext()) taken = queue.take().iterator();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        if (!taken.hasNext()) return false;
        head = taken.next();
        if (head instanceof Sighting sighting) time = sighting.at();
        else if (head instanceof Unreachable error) time = error.at();
        else if (head instanceof Gap gap) time = gap.at().orElse(time);
        return true;
    }

    /// What reading came to, after the end.
    ///
    /// @throws IOException if the source could not be read to its end
    Account account() throws IOException {
        if (failure instanceof IOException e) throw e;
        if (failure != null) throw new IllegalStateException("feed " + source, failure);
        return Optional.ofNullable(account).orElseThrow();
    }

    /// Stops a reader that nobody takes from any more.
    void stop() {
        thread.interrupt();
    }

    @Override
    public void saw(Sighting sighting) {
        put(sighting.in(source));
    }

    @Override
    public void missed(Gap gap) {
        put(gap);
    }

    @Override
    public void unreachable(Unreachable error) {
        put(error.in(source));
    }

    private void run(Reading reading) {
        try {
            account = reading.read(this);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        flush();
        batch = List.of();
        flush();
    }

    private void put(Object event) {
        batch.add(event);
        if (batch.size() == BATCH) flush();
    }

    private void flush() {
        try {
            if (!Thread.currentThread().isInterrupted()) queue.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        batch = new ArrayList<>(BATCH);
    }
}
