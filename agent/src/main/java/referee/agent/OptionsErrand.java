// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.List;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Asks with OPTIONS: any final response shows that somebody is there, and a 2xx that all is well
/// (RFC 3261 §11).
final class OptionsErrand implements Errand {
    private final Course course;

    OptionsErrand(Course course) {
        this.course = course;
    }

    @Override
    public List<Output> begin(UserAgent agent, Instant at) {
        var draft = Draft.request("OPTIONS", course.plan().uri()).with("Accept", "application/sdp");
        return course.own(agent.request(at, draft));
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        switch (event) {
            case Event.Answered(_, var response) ->
                    end(
                            at,
                            ProbeEnd.SUCCEEDED,
                            response.code(),
                            "OPTIONS was answered with " + Words.of(response));
            case Event.Failed(_, var why) -> end(at, ProbeEnd.of(why), Words.code(why), says(why));
            default -> {}
        }
        return List.of();
    }

    private static String says(Failure why) {
        var so = why instanceof Failure.Rejected ? "; somebody is there" : "";
        return Words.of(why) + so;
    }

    @Override
    public List<Output> due(UserAgent agent, Instant at, Course.Alarm alarm) {
        var waited = course.plan().patience().toSeconds();
        end(at, ProbeEnd.TIMED_OUT, 0, "OPTIONS got no final response within " + waited + " s");
        return List.of();
    }

    @Override
    public List<Output> settle(UserAgent agent, Instant at) {
        course.close();
        return List.of();
    }

    private void end(Instant at, ProbeEnd end, int code, String says) {
        course.decide(at, end, code, says);
        course.close();
    }
}
