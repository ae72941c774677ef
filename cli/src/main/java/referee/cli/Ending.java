// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is done when the process is told to end, as by Ctrl-C: the work is asked to come to an end,
/// and waited for, so that it can still take down what stands and say what it knows.
final class Ending implements AutoCloseable {
    private static final int LONGEST = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Ending(Runnable stop) {
        this.hook = Thread.ofPlatform().name("ending").unstarted(() -> end(stop));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param stop called by another thread; returns at once
    static Ending by(Runnable stop) {
        return new Ending(stop);
    }

    private void end(Runnable stop) {
        stop.run();
        try {
            var _ = done.await(LONGEST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The work is over and has said what it had to say.
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running, and now ends
        }
    }
}
