// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries things to a consumer on a thread of its own, in order, some hundred at a time. The queue
/// is short, so whoever puts on waits for a consumer that is slower.
final class Belt<T> implements Consumer<T>, AutoCloseable {
    private static final int BATCH = 256;
    private static final int BATCHES = 16;

    private final BlockingQueue<List<T>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Consumer<T> consumer;
    private final Thread thread;
    private List<T> batch = new ArrayList<>(BATCH);
    private volatile @Nullable Throwable failure;

    /// @param name of the thread, for those who look at a thread dump
    Belt(String name, Consumer<T> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /// Called by one thread only.
    @Override
    public void accept(T thing) {
        batch.add(thing);
        if (batch.size() < BATCH) return;
        complain();
        put(batch);
        batch = new ArrayList<>(BATCH);
    }

    /// Returns when the consumer has had everything.
    @Override
    public void close() {
        if (!batch.isEmpty()) put(batch);
        put(List.of());
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        complain();
    }

    private void complain() {
        if (failure != null)
            throw new IllegalStateException("thread " + thread.getName() + " failed", failure);
    }

    private void put(List<T> things) {
        try {
            queue.put(things);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// After a failure it goes on to empty the queue, so that nobody waits for ever. An empty batch
    /// is the end.
    private void run() {
        try {
            for (var things = queue.take(); !things.isEmpty(); things = queue.take()) {
                if (failure == null) consume(things);
            }
        } catch (InterruptedException e) {
            failure = e;
        }
    }

    private void consume(List<T> things) {
        try {
            things.forEach(consumer);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}
