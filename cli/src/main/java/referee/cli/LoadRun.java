// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import referee.agent.Agent;
import referee.agent.Load;
import referee.agent.LoadPlan;
import referee.agent.LoadResult;
import referee.agent.ProbeResult;
import referee.agent.SteadyClock;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// Runs a load on real sockets, one set for all of its probes. What is on the wire is judged on a
/// thread of its own, so that judging does not delay what is timed.
final class LoadRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final World world;
    private final LoadPlan plan;
    private final ProbeWire wire;
    private final SteadyClock clock = new SteadyClock();
    private final LoadTally tally = new LoadTally();
    private final LoadEvidence evidence = new LoadEvidence();
    private final CompletableFuture<LoadResult> done = new CompletableFuture<>();
    private final CompletableFuture<String> stopping = new CompletableFuture<>();
    private Instant nextLook = Instant.MIN;

    LoadRun(World world, LoadPlan plan, ProbeWire.Line line) {
        this.world = world;
        this.plan = plan;
        this.wire = new ProbeWire(line);
    }

    /// Begins nothing more and ends what is open; [#run] returns soon after. Called by any thread.
    void stop(String says) {
        stopping.complete(says);
    }

    /// @param save where to write what is sent and received
    LoadVerdict run(Optional<Path> save) throws IOException {
        var result = perform(save);
        wipe();
        return new LoadVerdict(world, plan, result, tally, evidence);
    }

    private LoadResult perform(Optional<Path> save) throws IOException {
        Agent.Plan made;
        try {
            made = wire.towards(plan.probe(), _ -> {});
        } catch (IOException e) {
            return LoadResult.none(String.valueOf(e.getMessage()));
        }
        var file = save.isPresent() ? EvidenceFile.create(save.get()) : EvidenceFile.NONE;
        var result = perform(made, file);
        var end = clock.instant();
        evidence.finish(end);
        file.end(evidence.account(end));
        return result;
    }

    private LoadResult perform(Agent.Plan made, EvidenceFile file) throws IOException {
        var load = new Load(plan, this::ended, done::complete);
        try (var belt = new Belt<Consumer<Witness>>("judge", one -> tell(one, file));
                var agent = made.application(load).witness(new Onto(belt)).clock(clock).start()) {
            agent.perform(load::begin);
            CompletableFuture.anyOf(done, stopping).get();
            if (!done.isDone()) {
                var why = stopping.get();
                agent.perform((one, at) -> load.stop(one, at, why));
            }
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the load was broken off", e);
        } catch (ExecutionException e) {
            throw new IOException("the load was broken off", e);
        }
    }

    private void tell(Consumer<Witness> what, EvidenceFile file) {
        what.accept(evidence);
        what.accept(file);
        if (file.failed()) stop("what is sent and received could not be saved any more");
    }

    private void ended(ProbeResult result) {
        tally.add(result);
        if (!world.terminal()) return;
        var now = clock.instant();
        if (now.isBefore(nextLook)) return;
        nextLook = now.plus(BETWEEN_LOOKS);
        world.err().printf("\r%d of %d ended", tally.ended(), plan.count());
        world.err().flush();
    }

    private void wipe() {
        if (world.terminal()) world.err().print("\r" + " ".repeat(40) + "\r");
        world.err().flush();
    }

    /// Hands on to the thread that judges.
    private record Onto(Belt<Consumer<Witness>> belt) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            belt.accept(witness -> witness.saw(sighting));
        }

        @Override
        public void missed(Gap gap) {
            belt.accept(witness -> witness.missed(gap));
        }

        @Override
        public void unreachable(Unreachable error) {
            belt.accept(witness -> witness.unreachable(error));
        }
    }
}
