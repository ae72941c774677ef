// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import referee.sip.RetryAfter;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Repeats a probe at a steady rate and sees each to its end. That one takes long delays no other:
/// a slow server does not slow its own measurement. A server that answers 503 with Retry-After is
/// left alone for so long (RFC 3261 §21.5.4).
public final class Load implements Application {
    /// A probe and when it wants to be woken, as it was when it was put down.
    private record Wake(Instant at, Probe probe) {}

    private final LoadPlan plan;
    private final Consumer<ProbeResult> each;
    private final Consumer<LoadResult> told;
    private final Pace pace;
    private final Map<Job, Probe> byJob = new HashMap<>();
    private final Set<Probe> open = new LinkedHashSet<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparing(Wake::at));
    private Instant start = Instant.MIN;
    private Instant last = Instant.MIN;
    private Instant restUntil = Instant.MIN;
    private Duration rested = Duration.ZERO;
    private int rests;
    private int begun;
    private int mostOpen;
    private Optional<String> stopped = Optional.empty();
    private boolean over;

    /// @param each told of every result
    /// @param told once, when nothing is open any more and nothing will begin
    public Load(LoadPlan plan, Consumer<ProbeResult> each, Consumer<LoadResult> told) {
        this.plan = plan;
        this.each = each;
        this.told = told;
        this.pace = new Pace(plan.perSecond());
    }

    public List<Output> begin(UserAgent agent, Instant at) {
        start = at;
        pace.start(at);
        return tick(agent, at);
    }

    /// Begins nothing more, and ends what is open.
    ///
    /// @param why a sentence, no full stop
    public List<Output> stop(UserAgent agent, Instant at, String why) {
        if (over || stopped.isPresent()) return List.of();
        stopped = Optional.of(why);
        var outputs = new ArrayList<Output>();
        for (var probe : List.copyOf(open)) {
            outputs.addAll(probe.stop(agent, at, ProbeEnd.INTERRUPTED, why));
            putDown(probe);
        }
        end(at);
        return outputs;
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        var probe = byJob.get(event.job());
        if (probe == null) return List.of();
        var outputs = new ArrayList<>(probe.on(agent, at, event));
        putDown(probe);
        outputs.addAll(rest(agent, at, event));
        outputs.addAll(beginDue(agent, at));
        end(at);
        return outputs;
    }

    private List<Output> rest(UserAgent agent, Instant at, Event event) {
        var asked = restAskedFor(event);
        if (asked.isEmpty() || asked.get().isZero()) return List.of();
        if (asked.get().compareTo(plan.longestRest()) > 0)
            return stop(
                    agent,
                    at,
                    "the server asked for %d s of rest with 503 and Retry-After"
                            .formatted(asked.get().toSeconds()));
        var until = at.plus(asked.get());
        if (!until.isAfter(restUntil)) return List.of();
        if (restUntil.isAfter(at)) rested = rested.plus(Duration.between(restUntil, until));
        else {
            rests++;
            rested = rested.plus(asked.get());
        }
        restUntil = until;
        pace.rest(until);
        return List.of();
    }

    /// A 503 without Retry-After is as a 500, which asks for none.
    private static Optional<Duration> restAskedFor(Event event) {
        if (!(event instanceof Event.Failed(_, Failure.Rejected(var response)))
                || response.code() != 503) return Optional.empty();
        return response.first(RetryAfter.KIND)
                .optional()
                .map(one -> Duration.ofSeconds(one.seconds()));
    }

    @Override
    public Optional<Instant> wakeAt() {
        return Stream.concat(nextBegin().stream(), nextWake().stream()).min(Instant::compareTo);
    }

    private Optional<Instant> nextBegin() {
        return mayBegin() && !pace.isHeld() && !start.equals(Instant.MIN)
                ? Optional.of(pace.next())
                : Optional.empty();
    }

    private boolean mayBegin() {
        return !over && stopped.isEmpty() && begun < plan.count();
    }

    private Optional<Instant> nextWake() {
        while (!wakes.isEmpty() && isStale(wakes.peek())) wakes.poll();
        return Optional.ofNullable(wakes.peek()).map(Wake::at);
    }

    private static boolean isStale(Wake wake) {
        return wake.probe().wakeAt().filter(wake.at()::equals).isEmpty();
    }

    @Override
    public List<Output> tick(UserAgent agent, Instant at) {
        var outputs = new ArrayList<Output>();
        for (var due = nextWake();
                due.filter(one -> !one.isAfter(at)).isPresent();
                due = nextWake()) {
            var probe = wakes.remove().probe();
            outputs.addAll(probe.tick(agent, at));
            putDown(probe);
        }
        outputs.addAll(beginDue(agent, at));
        end(at);
        return outputs;
    }

    private List<Output> beginDue(UserAgent agent, Instant at) {
        var outputs = new ArrayList<Output>();
        while (mayBegin() && !pace.next().isAfter(at)) {
            if (open.size() >= plan.most()) {
                pace.hold();
                break;
            }
            pace.took(at);
            outputs.addAll(beginOne(agent, at));
        }
        return outputs;
    }

    private List<Output> beginOne(UserAgent agent, Instant at) {
        var probe = new Probe(plan.probe(), (_, _) -> {}, each);
        begun++;
        last = at;
        open.add(probe);
        mostOpen = Math.max(mostOpen, open.size());
        var outputs = probe.begin(agent, at);
        putDown(probe);
        return outputs;
    }

    /// After something was done with it: notes its jobs and when it wants to be woken, or lets it
    /// go.
    private void putDown(Probe probe) {
        if (probe.isOver()) {
            probe.jobs().forEach(byJob::remove);
            open.remove(probe);
            return;
        }
        for (var job : probe.jobs()) byJob.put(job, probe);
        probe.wakeAt().ifPresent(at -> wakes.add(new Wake(at, probe)));
    }

    private void end(Instant at) {
        if (over || mayBegin() || !open.isEmpty()) return;
        over = true;
        told.accept(
                new LoadResult(
                        begun,
                        Duration.between(start, at),
                        begun == 0 ? Duration.ZERO : Duration.between(start, last),
                        mostOpen,
                        pace.heldCount(),
                        pace.held(),
                        pace.latest(),
                        rests,
                        rested,
                        stopped));
    }
}
