// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.stack.Calling;
import referee.stack.Ending;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Calls, talks for a while and hangs up.
final class CallErrand implements Errand {
    private static final Duration CLOSING = Duration.ofSeconds(8);

    private final Course course;
    private Optional<Job> call = Optional.empty();
    private Optional<Instant> answered = Optional.empty();
    private int code;

    CallErrand(Course course) {
        this.course = course;
    }

    @Override
    public List<Output> begin(UserAgent agent, Instant at) {
        var started = agent.call(at, Calling.of(course.plan().uri()));
        call = Optional.of(started.job());
        return course.own(started);
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        switch (event) {
            case Event.CallAnswered(_, var response) -> {
                if (course.isDecided()) return List.of();
                answered = Optional.of(at);
                code = response.code();
                course.cancel(Course.Alarm.PATIENCE);
                course.tell(at, "answered; talking for " + seconds(course.plan().talk()));
                course.set(Course.Alarm.TALK, at.plus(course.plan().talk()));
            }
            case Event.CallEnded(_, var why) -> ended(at, why);
            case Event.Failed(_, var why) -> {
                course.decide(at, ProbeEnd.of(why), Words.code(why), Words.of(why));
                course.close();
            }
            case Event.ForkAnswered _ ->
                    course.note(at, "a second phone answered too, and was told BYE");
            default -> {}
        }
        return List.of();
    }

    private void ended(Instant at, Ending why) {
        if (answered.isPresent()) {
            var talked = seconds(Duration.between(answered.get(), at));
            switch (why) {
                case HUNG_UP ->
                        course.decide(
                                at,
                                ProbeEnd.SUCCEEDED,
                                code,
                                "answered, and hung up after " + talked);
                case BYE ->
                        course.decide(
                                at,
                                ProbeEnd.SUCCEEDED,
                                code,
                                "answered; the other side hung up after " + talked);
                default ->
                        course.decide(
                                at,
                                ProbeEnd.FAILED,
                                code,
                                "answered, and lost after %s (%s)"
                                        .formatted(
                                                talked,
                                                why.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
        course.decide(at, ProbeEnd.TIMED_OUT, 0, "not answered");
        course.close();
    }

    static String seconds(Duration duration) {
        return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }

    @Override
    public List<Output> due(UserAgent agent, Instant at, Course.Alarm alarm) {
        if (alarm == Course.Alarm.PATIENCE)
            course.decide(
                    at,
                    ProbeEnd.TIMED_OUT,
                    0,
                    "nobody answered within " + course.plan().patience().toSeconds() + " s");
        if (alarm == Course.Alarm.TALK && !course.isDecided()) {
            course.decide(
                    at,
                    ProbeEnd.SUCCEEDED,
                    code,
                    "answered, and hung up after " + seconds(course.plan().talk()));
        }
        return settle(agent, at);
    }

    @Override
    public List<Output> settle(UserAgent agent, Instant at) {
        course.cancel(Course.Alarm.TALK);
        course.set(Course.Alarm.CLOSING, at.plus(CLOSING));
        return call.map(one -> agent.hangUp(at, one)).orElse(List.of());
    }
}
