// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import referee.agent.Agent;
import referee.agent.Probe;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.agent.SteadyClock;

/// Runs one probe on real sockets.
final class ProbeRun {
    /// Questions of an inquiry and taking down, beyond what the plan waits for.
    private static final Duration SLACK = Duration.ofSeconds(90);

    /// What is left for BYE and its answer when the time is up: little, since somebody waits.
    private static final Duration GRACE = Duration.ofMillis(300);

    /// The same when a person has ended it: enough for a retransmission.
    private static final Duration LONG_GRACE = Duration.ofSeconds(2);

    /// There is no way to where the probe is to go.
    private static final class NoWay extends IOException {
        private static final long serialVersionUID = 1L;

        NoWay(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final ProbePlan plan;
    private final ProbeWire wire;
    private final PrintWriter err;
    private final SteadyClock clock = new SteadyClock();
    private final CompletableFuture<ProbeResult> done = new CompletableFuture<>();
    private final CompletableFuture<String> stopping = new CompletableFuture<>();

    /// @param err gets the timeline as it goes
    ProbeRun(ProbePlan plan, ProbeWire.Line line, PrintWriter err) {
        this.plan = plan;
        this.wire = new ProbeWire(line);
        this.err = err;
    }

    /// Runs it for as long as the plan has patience.
    ProbeRecord run() throws IOException {
        return run(plan.patience().multipliedBy(3).plus(plan.talk()).plus(SLACK));
    }

    /// @param limit of all of it, names looked up and calls taken down included
    ProbeRecord run(Duration limit) throws IOException {
        var start = clock.instant();
        var record = new ProbeRecord(err, start);
        try {
            var made = within(limit, () -> wire.towards(plan, record::showed));
            perform(made, record, limit);
        } catch (TimeoutException e) {
            record.end(clock.instant(), late("names were not found", limit));
        } catch (NoWay e) {
            var took = Duration.between(start, clock.instant());
            var says = String.valueOf(e.getMessage());
            record.end(clock.instant(), ProbeResult.without(ProbeEnd.NETWORK, says, took));
        }
        record.ended(clock.instant());
        return record;
    }

    private void perform(Agent.Plan made, ProbeRecord record, Duration limit) throws IOException {
        var probe = new Probe(plan, record::tell, done::complete);
        try (var agent = made.application(probe).witness(record).clock(clock).start()) {
            agent.perform(probe::begin);
            var left = limit.minus(Duration.between(record.start(), clock.instant()));
            record.end(clock.instant(), result(agent, probe, left, limit));
        }
    }

    /// Ends it before its outcome; [#run] returns soon after. Called by any thread.
    void stop(String says) {
        stopping.complete(says);
    }

    private ProbeResult result(Agent agent, Probe probe, Duration left, Duration limit)
            throws IOException {
        try {
            CompletableFuture.anyOf(done, stopping).get(left.toNanos(), TimeUnit.NANOSECONDS);
            if (done.isDone()) return done.get();
            var why = stopping.get();
            agent.perform((one, at) -> probe.stop(one, at, ProbeEnd.INTERRUPTED, why));
            return letGo(agent, probe, LONG_GRACE, limit);
        } catch (TimeoutException e) {
            var late = late("there was no outcome", limit);
            agent.perform((one, at) -> probe.stop(one, at, late.end(), late.says()));
            return letGo(agent, probe, GRACE, limit);
        } catch (InterruptedException | ExecutionException e) {
            throw broken(e);
        }
    }

    private ProbeResult letGo(Agent agent, Probe probe, Duration grace, Duration limit)
            throws IOException {
        try {
            return done.get(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            agent.perform((_, _) -> probe.letGo());
        } catch (InterruptedException | ExecutionException e) {
            throw broken(e);
        }
        try {
            return done.get(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return late("there was no outcome", limit);
        } catch (InterruptedException | ExecutionException e) {
            throw broken(e);
        }
    }

    private static ProbeResult late(String what, Duration limit) {
        var says = "%s within %.1f s".formatted(what, limit.toNanos() / 1e9);
        return ProbeResult.without(ProbeEnd.TIMED_OUT, says, limit);
    }

    /// Name servers may take long; whoever waits for the probe does not.
    private static <T> T within(Duration limit, Callable<T> work)
            throws IOException, TimeoutException {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name("probe lookup").start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw new NoWay(io);
            throw broken(e);
        }
    }

    private static IOException broken(Exception e) {
        if (e instanceof InterruptedException) Thread.currentThread().interrupt();
        return new IOException("the probe was broken off", e);
    }
}
