// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import referee.sip.SipMessage;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Started;

/// What the parts of one probe share: its jobs, its alarms, what it has noted and how it ends.
final class Course {
    /// What a probe waits for.
    enum Alarm {
        /// The outcome, for no longer.
        PATIENCE,
        /// The end of the talk.
        TALK,
        /// An answer to one question of an inquiry.
        QUESTION,
        /// The last notifications after the outcome.
        GRACE,
        /// The end of everything that is still open.
        CLOSING
    }

    private final ProbePlan plan;
    private final ProbeLog log;
    private final Consumer<ProbeResult> told;
    private final Map<Alarm, Instant> alarms = new EnumMap<>(Alarm.class);
    private final Set<Job> jobs = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private Instant start = Instant.MIN;
    private Optional<Duration> firstResponse = Optional.empty();
    private Optional<Duration> answered = Optional.empty();
    private Optional<ProbeResult> result = Optional.empty();
    private Optional<Duration> granted = Optional.empty();
    private Optional<ProbeResult.Blame> blame = Optional.empty();
    private boolean over;

    Course(ProbePlan plan, ProbeLog log, Consumer<ProbeResult> told) {
        this.plan = plan;
        this.log = log;
        this.told = told;
    }

    ProbePlan plan() {
        return plan;
    }

    void begin(Instant at) {
        start = at;
        set(Alarm.PATIENCE, at.plus(plan.patience()));
    }

    void set(Alarm alarm, Instant at) {
        alarms.put(alarm, at);
    }

    void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    Optional<Instant> wakeAt() {
        return alarms.values().stream().min(Instant::compareTo);
    }

    /// Takes an alarm that is due, if there is one.
    Optional<Alarm> due(Instant at) {
        for (var alarm : alarms.entrySet()) {
            if (alarm.getValue().isAfter(at)) continue;
            alarms.remove(alarm.getKey());
            return Optional.of(alarm.getKey());
        }
        return Optional.empty();
    }

    /// Takes the job as its own.
    List<Output> own(Started started) {
        jobs.add(started.job());
        return started.outputs();
    }

    Set<Job> jobs() {
        return Set.copyOf(jobs);
    }

    void tell(Instant at, String says) {
        log.tell(at, says);
    }

    void note(Instant at, String says) {
        notes.add(says);
        tell(at, says);
    }

    /// Times a response, and notes what it and the challenges tell.
    void hear(Instant at, Event event) {
        switch (event) {
            case Event.Progress(_, var response) -> responded(at, response, false);
            case Event.Answered(_, var response) -> responded(at, response, true);
            case Event.CallAnswered(_, var response) -> responded(at, response, true);
            case Event.Registered(_, var expires, _) -> {
                timed(at);
                if (granted.isEmpty()) granted = Optional.of(expires);
            }
            case Event.Challenged(_, var response, var realms, _, var omitted) -> {
                responded(at, response, false);
                tell(at, "challenged by " + realms + ", answering");
                if (omitted)
                    note(at, "the server asked anew with another nonce and did not say stale=true");
            }
            case Event.ServerProof(_, var right) -> {
                if (!right) note(at, "the server's rspauth is wrong: it does not know the secret");
            }
            case Event.Failed(_, var why) -> {
                if (Words.code(why) != 0) timed(at);
            }
            default -> {}
        }
    }

    private void responded(Instant at, SipMessage response, boolean last) {
        if (firstResponse.isEmpty()) firstResponse = Optional.of(Duration.between(start, at));
        if (last && response.code() >= 200) timed(at);
    }

    private void timed(Instant at) {
        if (firstResponse.isEmpty()) firstResponse = Optional.of(Duration.between(start, at));
        if (answered.isEmpty()) answered = Optional.of(Duration.between(start, at));
    }

    void blame(ProbeResult.Blame found) {
        blame = Optional.of(found);
    }

    boolean isDecided() {
        return result.isPresent();
    }

    /// The outcome; the first one counts. What is still open is to be taken down before [#close].
    void decide(Instant at, ProbeEnd end, int code, String says) {
        if (result.isPresent()) return;
        cancel(Alarm.PATIENCE);
        tell(at, end.word() + ": " + says);
        result =
                Optional.of(
                        new ProbeResult(
                                end,
                                says,
                                code,
                                firstResponse,
                                answered,
                                Duration.between(start, at),
                                granted,
                                List.of(),
                                Optional.empty()));
    }

    /// Nothing is open any more: tells the result.
    void close() {
        if (over) return;
        over = true;
        alarms.clear();
        var one = result.orElseThrow();
        told.accept(
                new ProbeResult(
                        one.end(),
                        one.says(),
                        one.code(),
                        one.firstResponse(),
                        one.answered(),
                        one.took(),
                        one.granted(),
                        notes,
                        blame));
    }

    boolean isOver() {
        return over;
    }
}
