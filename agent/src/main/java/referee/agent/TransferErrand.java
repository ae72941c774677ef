// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.Sipfrag;
import referee.sip.SubscriptionState;
import referee.stack.Calling;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Outcome;
import referee.stack.Output;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// Calls somebody, refers them to the target, and waits for what they notify. A 2xx to REFER is no
/// outcome (RFC 3515 §2.4.2). Where nothing is told in time, an [Inquiry] finds out why. The call
/// is kept until then (RFC 5589 §6.1).
final class TransferErrand implements Errand {
    private static final Duration CLOSING = Duration.ofSeconds(8);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int MOST_LINES = 200;

    private final Course course;
    private final Observed observed = new Observed();
    private final List<Job> open = new ArrayList<>();
    private Optional<Job> call = Optional.empty();
    private Optional<Job> consultation = Optional.empty();
    private Optional<Job> transfer = Optional.empty();
    private Optional<Inquiry> inquiry = Optional.empty();
    private int lines;

    TransferErrand(Course course) {
        this.course = course;
    }

    @Override
    public List<Output> begin(UserAgent agent, Instant at) {
        var started = agent.call(at, Calling.of(course.plan().uri()));
        call = Optional.of(started.job());
        open.add(started.job());
        return course.own(started);
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        observed.hear(event);
        if (inquiry.isPresent() && inquiry.get().concerns(event)) {
            notified(at, event);
            return inquire(at, agent, inquiry.get().on(agent, at, event));
        }
        if (transfer.filter(event.job()::equals).isPresent()) return ofTransfer(agent, at, event);
        return ofCalls(agent, at, event);
    }

    @Override
    public void lost(String says) {
        observed.lose(says);
    }

    private List<Output> ofCalls(UserAgent agent, Instant at, Event event) {
        switch (event) {
            case Event.CallAnswered(var job, _) -> {
                if (course.isDecided()) return agent.hangUp(at, job);
                return answered(agent, at, job);
            }
            case Event.CallEnded(var job, var why) -> {
                open.remove(job);
                course.tell(
                        at,
                        name(job) + " has ended: " + why.name().toLowerCase(java.util.Locale.ROOT));
                if (transfer.isEmpty())
                    course.decide(at, ProbeEnd.FAILED, 0, name(job) + " ended before the transfer");
                return goOn(agent, at);
            }
            case Event.Failed(var job, var why) -> {
                open.remove(job);
                var whom = name(job) + ": ";
                course.decide(at, ProbeEnd.of(why), Words.code(why), whom + Words.of(why));
                return goOn(agent, at);
            }
            case Event.Unmatched unmatched ->
                    observed.refused().ifPresent(one -> told(at, one.says()));
            default -> {}
        }
        return List.of();
    }

    private String name(Job job) {
        return consultation.filter(job::equals).isPresent()
                ? "the call to the target"
                : "the call to the transferee";
    }

    private List<Output> answered(UserAgent agent, Instant at, Job job) {
        var first = call.filter(job::equals).isPresent();
        course.tell(at, name(job) + " is answered");
        if (!first || !course.plan().attended()) {
            course.cancel(Course.Alarm.PATIENCE);
            course.set(Course.Alarm.TALK, at.plus(course.plan().talk()));
            return List.of();
        }
        course.tell(at, "holding it, and calling the target");
        var outputs = new ArrayList<>(agent.hold(at, job, true));
        var started = agent.call(at, Calling.of(course.plan().target()));
        consultation = Optional.of(started.job());
        open.add(started.job());
        outputs.addAll(course.own(started));
        return outputs;
    }

    private List<Output> refer(UserAgent agent, Instant at) {
        var what =
                consultation
                        .map(Transferring::attended)
                        .orElseGet(() -> Transferring.to(course.plan().target()));
        course.set(Course.Alarm.PATIENCE, at.plus(course.plan().patience()));
        var started = agent.transfer(at, call.orElseThrow(), what);
        transfer = Optional.of(started.job());
        return course.own(started);
    }

    private List<Output> ofTransfer(UserAgent agent, Instant at, Event event) {
        switch (event) {
            case Event.ReferAccepted(_, var response, _) ->
                    course.tell(
                            at,
                            "REFER is accepted with %s: that is not yet the outcome; waiting for NOTIFY"
                                    .formatted(Words.of(response)));
            case Event.Notified _ -> notified(at, event);
            case Event.TransferOutcome(_, var outcome) -> {
                return outcome(agent, at, outcome);
            }
            case Event.SubscriptionEnded(_, var reason) -> {
                told(at, "the subscription is over: " + reason);
                if (course.isDecided()) return settle(agent, at);
            }
            case Event.Failed(_, var why) -> {
                course.decide(at, ProbeEnd.of(why), Words.code(why), referred(why));
                return settle(agent, at);
            }
            default -> {}
        }
        return List.of();
    }

    private static String referred(Failure why) {
        return why instanceof Failure.Rejected(var response)
                ? "REFER was refused with " + Words.of(response)
                : "REFER: " + Words.of(why);
    }

    private void notified(Instant at, Event event) {
        if (!(event instanceof Event.Notified(_, var request, _))) return;
        var said = Sipfrag.read(request.body()).optional();
        var state = request.first(SubscriptionState.KIND).optional();
        told(
                at,
                "NOTIFY says %s%s"
                        .formatted(
                                said.map(one -> one.code() + " " + one.reason())
                                        .orElse("nothing that can be read"),
                                state.map(one -> one.isTerminated() ? ", the last one" : "")
                                        .orElse("")));
    }

    /// The timeline has a bound, whatever a peer sends.
    private void told(Instant at, String says) {
        if (lines++ < MOST_LINES) course.tell(at, says);
    }

    private List<Output> outcome(UserAgent agent, Instant at, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded(var code) ->
                    course.decide(
                            at,
                            ProbeEnd.SUCCEEDED,
                            code,
                            "transferred: the target answered with " + code);
            case Outcome.Failed(var code, var reason) ->
                    course.decide(
                            at,
                            ProbeEnd.of(code) == ProbeEnd.BUSY ? ProbeEnd.BUSY : ProbeEnd.FAILED,
                            code,
                            "not transferred: the call to the target ended with %d %s"
                                    .formatted(code, reason));
            case Outcome.Unknown(var why) -> {
                if (observed.isSilenceAgreed()) {
                    course.decide(
                            at, ProbeEnd.UNKNOWN, 0, "accepted; the outcome is unknown: " + why);
                } else if (observed.hasLastWord()) {
                    course.decide(at, ProbeEnd.UNKNOWN, 0, "the outcome is unknown: " + why);
                } else {
                    return ask(agent, at, why);
                }
            }
        }
        course.set(Course.Alarm.GRACE, at.plus(GRACE));
        return List.of();
    }

    private List<Output> ask(UserAgent agent, Instant at, String why) {
        if (inquiry.isPresent() || course.isDecided()) return List.of();
        course.cancel(Course.Alarm.PATIENCE);
        course.tell(at, why + ": finding out why");
        var made =
                new Inquiry(
                        course, observed, transfer.orElseThrow(), call.filter(open::contains), why);
        inquiry = Optional.of(made);
        return inquire(at, agent, made.next(agent, at));
    }

    private List<Output> inquire(Instant at, UserAgent agent, List<Output> outputs) {
        if (!course.isDecided()) return outputs;
        var all = new ArrayList<>(outputs);
        all.addAll(settle(agent, at));
        return all;
    }

    @Override
    public List<Output> due(UserAgent agent, Instant at, Course.Alarm alarm) {
        return switch (alarm) {
            case TALK -> transfer.isEmpty() && !course.isDecided() ? refer(agent, at) : List.of();
            case PATIENCE -> impatient(agent, at);
            case QUESTION ->
                    inquiry.isEmpty()
                            ? List.of()
                            : inquire(at, agent, inquiry.get().unanswered(agent, at));
            case GRACE -> settle(agent, at);
            case CLOSING -> List.of();
        };
    }

    private List<Output> impatient(UserAgent agent, Instant at) {
        var waited = course.plan().patience().toSeconds();
        if (transfer.isEmpty()) {
            course.decide(at, ProbeEnd.TIMED_OUT, 0, "nobody answered within " + waited + " s");
            return settle(agent, at);
        }
        if (observed.isAccepted() || observed.isNotified())
            return ask(
                    agent,
                    at,
                    (observed.isNotified() ? "no outcome within " : "no NOTIFY within ")
                            + waited
                            + " s");
        course.decide(
                at, ProbeEnd.TIMED_OUT, 0, "REFER got no final response within " + waited + " s");
        return settle(agent, at);
    }

    /// Takes down what still stands.
    @Override
    public List<Output> settle(UserAgent agent, Instant at) {
        if (!course.isDecided() || course.isOver()) return List.of();
        course.cancel(Course.Alarm.GRACE);
        course.cancel(Course.Alarm.QUESTION);
        course.set(Course.Alarm.CLOSING, at.plus(CLOSING));
        var outputs = new ArrayList<Output>();
        for (var job : List.copyOf(open)) outputs.addAll(agent.hangUp(at, job));
        if (open.isEmpty()) course.close();
        return outputs;
    }

    /// Goes on to take down only once the outcome is told and nothing else is waited for.
    private List<Output> goOn(UserAgent agent, Instant at) {
        if (!course.isDecided()) return List.of();
        if (open.isEmpty()) {
            course.close();
            return List.of();
        }
        return transfer.isPresent() ? List.of() : settle(agent, at);
    }
}
