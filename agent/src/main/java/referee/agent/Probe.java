// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import referee.stack.Event;
import referee.stack.Flow;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.TransportError;
import referee.stack.UserAgent;

/// Asks, registers, calls or transfers once, sees it to its end, and takes down what it has put up.
public final class Probe implements Application {
    private final Course course;
    private final Errand errand;

    /// @param told of the result, once, when nothing is open any more
    public Probe(ProbePlan plan, ProbeLog log, Consumer<ProbeResult> told) {
        this.course = new Course(plan, log, told);
        this.errand =
                switch (plan.kind()) {
                    case OPTIONS -> new OptionsErrand(course);
                    case REGISTER -> new RegisterErrand(course);
                    case CALL -> new CallErrand(course);
                    case TRANSFER -> new TransferErrand(course);
                };
    }

    public List<Output> begin(UserAgent agent, Instant at) {
        course.begin(at);
        return errand.begin(agent, at);
    }

    /// Ends it before its outcome, if that is not there yet, and takes down what it has put up. The
    /// result is told as ever.
    ///
    /// @param says one sentence, no full stop
    public List<Output> stop(UserAgent agent, Instant at, ProbeEnd end, String says) {
        if (course.isOver() || course.isDecided()) return List.of();
        course.decide(at, end, 0, says);
        return errand.settle(agent, at);
    }

    /// Tells the result that is there already, without waiting for what is still being taken down.
    public List<Output> letGo() {
        if (course.isDecided()) course.close();
        return List.of();
    }

    /// The jobs it has begun.
    Set<Job> jobs() {
        return course.jobs();
    }

    boolean isOver() {
        return course.isOver();
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        if (course.isOver()) return List.of();
        course.hear(at, event);
        return errand.on(agent, at, event);
    }

    /// A connection that goes while nothing is decided may have taken a message with it.
    @Override
    public void lost(Instant at, Flow flow, TransportError error) {
        if (course.isDecided() || !flow.transport().isReliable()) return;
        var says =
                "the %s connection to %s was lost: %s"
                        .formatted(flow.transport(), flow.remote(), error.detail());
        course.note(at, says);
        errand.lost(says);
    }

    @Override
    public Optional<Instant> wakeAt() {
        return course.wakeAt();
    }

    @Override
    public List<Output> tick(UserAgent agent, Instant at) {
        var outputs = new ArrayList<Output>();
        for (var due = course.due(at); due.isPresent(); due = course.due(at)) {
            if (due.get() == Course.Alarm.CLOSING) course.close();
            else outputs.addAll(errand.due(agent, at, due.get()));
        }
        return outputs;
    }
}
