// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Registering;
import referee.stack.UserAgent;

/// Registers, and takes its own binding away again (RFC 3261 §10.2.2).
final class RegisterErrand implements Errand {
    private static final Duration ASKED = Duration.ofMinutes(5);
    private static final Duration CLOSING = Duration.ofSeconds(8);

    private final Course course;
    private Optional<Job> job = Optional.empty();

    RegisterErrand(Course course) {
        this.course = course;
    }

    @Override
    public List<Output> begin(UserAgent agent, Instant at) {
        var plan = course.plan();
        var started = agent.register(at, Registering.of(plan.registrar(), plan.uri(), ASKED));
        job = Optional.of(started.job());
        return course.own(started);
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        switch (event) {
            case Event.Registered(var made, var granted, var others) -> {
                if (course.isDecided()) return List.of();
                if (!others.isEmpty())
                    course.note(
                            at,
                            others.size()
                                    + " other binding"
                                    + (others.size() == 1 ? "" : "s")
                                    + " of this address-of-record stand"
                                    + (others.size() == 1 ? "s" : ""));
                course.decide(
                        at,
                        ProbeEnd.SUCCEEDED,
                        200,
                        "registered for " + granted.toSeconds() + " s, and unregistered again");
                course.set(Course.Alarm.CLOSING, at.plus(CLOSING));
                return agent.unregister(at, made);
            }
            case Event.Unregistered _ -> {
                if (course.isDecided()) course.close();
            }
            case Event.Failed(_, var why) -> {
                if (course.isDecided()) course.note(at, "not unregistered: " + Words.of(why));
                course.decide(at, ProbeEnd.of(why), Words.code(why), Words.of(why));
                course.close();
            }
            default -> {}
        }
        return List.of();
    }

    @Override
    public List<Output> due(UserAgent agent, Instant at, Course.Alarm alarm) {
        course.decide(
                at,
                ProbeEnd.TIMED_OUT,
                0,
                "REGISTER had no success within " + course.plan().patience().toSeconds() + " s");
        return settle(agent, at);
    }

    /// The registrar may have heard what it did not answer.
    @Override
    public List<Output> settle(UserAgent agent, Instant at) {
        course.set(Course.Alarm.CLOSING, at.plusSeconds(1));
        return job.map(one -> agent.unregister(at, one)).orElse(List.of());
    }
}
