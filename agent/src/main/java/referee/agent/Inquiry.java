// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Why nothing is notified: whether the subscription lives, the dialog, the way there; whether our
/// Contact can be reached; and whether we have refused a NOTIFY ourselves. Asks one after the
/// other.
final class Inquiry {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /// How long a peer that has confirmed the end of a subscription may take for its last NOTIFY.
    private static final Duration LAST_NOTIFY = Duration.ofSeconds(4);

    private enum Step {
        SUBSCRIPTION,
        LAST_NOTIFY,
        DIALOG,
        TRANSPORT,
        DONE
    }

    private final Course course;
    private final Observed observed;
    private final Job transfer;
    private final Optional<Job> call;
    private final String why;
    private Optional<Job> asked = Optional.empty();
    private Step step = Step.SUBSCRIPTION;
    private boolean begun;
    private final Findings found = new Findings();

    /// @param call if it still stands
    /// @param why what was missed, in words
    Inquiry(Course course, Observed observed, Job transfer, Optional<Job> call, String why) {
        this.course = course;
        this.observed = observed;
        this.transfer = transfer;
        this.call = call;
        this.why = why;
    }

    boolean concerns(Event event) {
        return step != Step.DONE
                && (event.job().equals(transfer) || asked.filter(event.job()::equals).isPresent());
    }

    /// Asks the first question, or goes on to the next.
    List<Output> next(UserAgent agent, Instant at) {
        if (!begun) {
            begun = true;
            course.set(Course.Alarm.QUESTION, at.plus(ANSWER));
            course.tell(at, "is the subscription alive? SUBSCRIBE with Expires: 0");
            return agent.resubscribe(at, transfer, Duration.ZERO);
        }
        return switch (step) {
            case SUBSCRIPTION, LAST_NOTIFY -> askDialog(agent, at);
            case DIALOG -> askTransport(agent, at);
            default -> conclude(at);
        };
    }

    private List<Output> askDialog(UserAgent agent, Instant at) {
        step = Step.DIALOG;
        if (call.isEmpty()) {
            course.tell(at, "is the dialog alive? The call has ended already");
            return askTransport(agent, at);
        }
        course.tell(at, "is the dialog alive? OPTIONS in it");
        course.set(Course.Alarm.QUESTION, at.plus(ANSWER));
        var started = agent.inDialog(at, call.get(), Draft.request("OPTIONS", course.plan().uri()));
        asked = Optional.of(started.job());
        return course.own(started);
    }

    private List<Output> askTransport(UserAgent agent, Instant at) {
        step = Step.TRANSPORT;
        course.tell(at, "does anything come back from there? OPTIONS outside the dialog");
        course.set(Course.Alarm.QUESTION, at.plus(ANSWER));
        var started = agent.request(at, Draft.request("OPTIONS", course.plan().uri()));
        asked = Optional.of(started.job());
        return course.own(started);
    }

    List<Output> on(UserAgent agent, Instant at, Event event) {
        return event.job().equals(transfer)
                ? ofSubscription(agent, at, event)
                : ofQuestion(agent, at, event);
    }

    private List<Output> ofSubscription(UserAgent agent, Instant at, Event event) {
        if (event instanceof Event.Notified) {
            found.notifiedNow = true;
            if (step == Step.LAST_NOTIFY) return next(agent, at);
        }
        if (step != Step.SUBSCRIPTION) return List.of();
        return switch (event) {
            case Event.Subscribed _ -> {
                found.subscription = Findings.State.ALIVE;
                course.tell(at, "the subscription is alive");
                step = Step.LAST_NOTIFY;
                course.set(Course.Alarm.QUESTION, at.plus(LAST_NOTIFY));
                yield found.notifiedNow ? next(agent, at) : List.of();
            }
            case Event.RefreshFailed(_, var failure) -> {
                found.failed(failure);
                found.subscription = Findings.State.ofSubscribe(failure);
                course.tell(
                        at,
                        "the subscription is %s: %s"
                                .formatted(found.subscription.word(), Words.of(failure)));
                yield next(agent, at);
            }
            default -> List.of();
        };
    }

    private List<Output> ofQuestion(UserAgent agent, Instant at, Event event) {
        return switch (event) {
            case Event.Answered(_, var response) ->
                    answered(agent, at, Findings.State.ALIVE, Words.of(response));
            case Event.Failed(_, var failure) -> {
                found.failed(failure);
                yield answered(agent, at, Findings.State.ofOptions(failure), Words.of(failure));
            }
            default -> List.of();
        };
    }

    private List<Output> answered(UserAgent agent, Instant at, Findings.State state, String says) {
        var what = step == Step.DIALOG ? "the dialog" : "the way there";
        if (step == Step.DIALOG) found.dialog = state;
        else found.transport = state;
        course.tell(at, "%s is %s: %s".formatted(what, state.word(), says));
        return next(agent, at);
    }

    List<Output> unanswered(UserAgent agent, Instant at) {
        if (step == Step.LAST_NOTIFY) {
            course.tell(at, "and no NOTIFY came even for its end");
            return next(agent, at);
        }
        if (step == Step.SUBSCRIPTION) {
            found.subscription = Findings.State.SILENT;
            course.tell(at, "no answer within " + ANSWER.toSeconds() + " s");
            return next(agent, at);
        }
        return answered(
                agent, at, Findings.State.SILENT, "no answer within " + ANSWER.toSeconds() + " s");
    }

    private List<Output> conclude(Instant at) {
        step = Step.DONE;
        course.cancel(Course.Alarm.QUESTION);
        var unreachable = observed.unreachable();
        course.tell(
                at,
                "can our Contact be reached? " + unreachable.orElse("nothing speaks against it"));
        course.tell(
                at,
                "did we refuse a NOTIFY? "
                        + observed.refused()
                                .map(Observed.Refused::says)
                                .orElse("no, all that came were answered 200"));
        unreachable.ifPresent(one -> course.note(at, one));
        var status = observed.status();
        if (status.isPresent() && status.get().code() >= 200) {
            late(at, status.get().code(), status.get().reason());
            return List.of();
        }
        var blame = found.blame(observed);
        blame.ifPresent(course::blame);
        var says =
                blame.map(ProbeResult.Blame::says)
                        .orElse("the target rings, and nobody has answered");
        course.decide(at, ProbeEnd.TIMED_OUT, 0, why + ": " + says);
        return List.of();
    }

    private void late(Instant at, int code, String reason) {
        course.note(at, "the outcome was told only when it was asked for");
        course.blame(
                new ProbeResult.Blame(
                        "refer-notify-late",
                        "transferee",
                        "likely",
                        "the outcome was told only when it was asked for"));
        var busy = ProbeEnd.of(code) == ProbeEnd.BUSY;
        if (code < 300) course.decide(at, ProbeEnd.SUCCEEDED, code, "transferred; told late");
        else
            course.decide(
                    at,
                    busy ? ProbeEnd.BUSY : ProbeEnd.FAILED,
                    code,
                    "not transferred: %d %s; told late".formatted(code, reason));
    }
}
