// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that runs, and the lines it says. Ended when closed.
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST_LINES = 20_000;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private Program(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /// @param command whose program is found wherever programs are
    static Program start(Path directory, List<String> command) throws IOException {
        var whole = new ArrayList<>(command);
        whole.set(0, Programs.find(command.getFirst()).orElseThrow().toString());
        var process =
                new ProcessBuilder(whole)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        var program = new Program(process);
        program.reader.start();
        return program;
    }

    private void read() {
        try (var in = process.inputReader(StandardCharsets.ISO_8859_1)) {
            read(in);
        } catch (IOException | UncheckedIOException _) {
            // it was ended while it spoke
        }
        synchronized (lines) {
            silent = true;
            lines.notifyAll();
        }
    }

    private void read(BufferedReader in) throws IOException {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            synchronized (lines) {
                if (lines.size() < MOST_LINES) lines.add(line);
                lines.notifyAll();
            }
        }
    }

    /// Waits until it has said so.
    ///
    /// @throws AssertionError if it ends, or a long time passes, without
    void await(String words) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.contains(words))) {
                var left = (end - System.nanoTime()) / 1_000_000;
                if (silent || left <= 0)
                    throw new AssertionError("never said \"" + words + "\":\n" + output());
                lines.wait(left);
            }
        }
    }

    /// Waits until it has this UDP port.
    void awaitPort(int port) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Programs.isFreeForDatagrams(port)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end)
                throw new AssertionError("never listened at " + port + ":\n" + output());
        }
    }

    /// Waits until it accepts TCP connections at this port.
    void awaitConnection(int port) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Programs.accepts(port)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end)
                throw new AssertionError("never listened at " + port + ":\n" + output());
        }
    }

    /// Waits for its end.
    ///
    /// @return the exit code; -1 if it had to be ended
    int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            close();
            return -1;
        }
        reader.join();
        return process.exitValue();
    }

    /// What it has said until now.
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
            reader.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
