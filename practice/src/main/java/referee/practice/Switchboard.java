// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.SipMessage;
import referee.stack.Calling;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// Connects calls: to the numbers that practice itself answers, and to registered users, whose
/// calls it joins as a back-to-back user agent.
final class Switchboard {
    static final String ALLOW =
            "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, REFER, NOTIFY, INFO, MESSAGE, UPDATE,"
                    + " PRACK";
    private static final Duration SHORT_RING = Duration.ofSeconds(1);
    private static final Duration LONG_RING = Duration.ofSeconds(12);
    private static final int MOST_BRIDGES = 10_000;

    private final Registrar registrar;

    /// Call → the other call it is joined to; both ways.
    private final Map<Job, Job> joined = new HashMap<>();

    /// Transfer of ours → the call that it is about.
    private final Map<Job, Job> transfers = new HashMap<>();

    Switchboard(Registrar registrar) {
        this.registrar = registrar;
    }

    void invited(Turn turn, Users users) {
        if (turn.replaced()) {
            turn.reply(200);
            return;
        }
        switch (turn.dialled()) {
            case "busy" -> turn.reply(486);
            case "decline" -> turn.reply(603);
            case "notfound" -> turn.reply(404);
            case "ring" -> turn.reply(180);
            case "slow" -> answer(turn, LONG_RING);
            case "transfer-me" -> {
                answer(turn, SHORT_RING);
                turn.after(SHORT_RING.multipliedBy(3), this::transfer);
            }
            case "answer", "echo" -> answer(turn, SHORT_RING);
            default -> call(turn, users);
        }
    }

    /// Rings, and picks up.
    private static void answer(Turn turn, Duration ring) {
        turn.reply(180);
        turn.after(ring, then -> then.reply(200));
    }

    /// Transfers the caller to a number that answers.
    private void transfer(Turn turn) {
        var host = turn.flow().local();
        var transfer = turn.transfer(turn.job(), Transferring.to("sip:answer@" + host));
        if (transfers.size() < MOST_BRIDGES) transfers.put(transfer, turn.job());
    }

    private void call(Turn turn, Users users) {
        var binding = registrar.of(turn.dialled(), turn.at());
        if (binding.isPresent() && joined.size() < MOST_BRIDGES) {
            join(turn, binding.get());
            return;
        }
        if (turn.dialled().matches("\\+?[0-9]{2,}")) answer(turn, SHORT_RING);
        else turn.reply(users.has(turn.dialled()) ? 480 : 404);
    }

    private void join(Turn turn, Registrar.Binding binding) {
        var calling = Calling.of(binding.uri()).over(binding.flow());
        if (!turn.request().body().isEmpty()) calling = calling.offering(turn.request().body());
        var caller = Written.caller(turn.request());
        if (!caller.isEmpty()) calling = calling.with("P-Asserted-Identity", "<" + caller + ">");
        var other = turn.call(calling);
        joined.put(turn.job(), other);
        joined.put(other, turn.job());
    }

    void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        switch (event) {
            case Event.Progress(var job, var response) ->
                    other(job).ifPresent(to -> ring(agent, at, to, response, out));
            case Event.CallAnswered(var job, var response) ->
                    other(job).ifPresent(to -> out.addAll(agent.reply(at, to, picked(response))));
            case Event.Failed(var job, var why) -> {
                other(job).ifPresent(to -> out.addAll(agent.reply(at, to, refusal(why))));
                forget(job);
                transfers.remove(job);
            }
            case Event.CallEnded(var job, _) -> {
                other(job).ifPresent(to -> out.addAll(agent.hangUp(at, to)));
                forget(job);
            }
            case Event.TransferOutcome(var job, _) -> {
                var call = transfers.remove(job);
                if (call != null) out.addAll(agent.hangUp(at, call));
            }
            default -> {}
        }
    }

    private static void ring(
            UserAgent agent, Instant at, Job to, SipMessage response, List<Output> out) {
        if (response.code() > 100) out.addAll(agent.reply(at, to, Reply.of(180)));
    }

    private static Reply picked(SipMessage response) {
        var reply = Reply.of(200);
        return response.body().isEmpty()
                ? reply
                : reply.body("application/sdp", response.body().text());
    }

    private static Reply refusal(Failure why) {
        return why instanceof Failure.Rejected(var response)
                ? Reply.of(response.code())
                : Reply.of(480);
    }

    private Optional<Job> other(Job job) {
        return Optional.ofNullable(joined.get(job));
    }

    private void forget(Job job) {
        var other = joined.remove(job);
        if (other != null) joined.remove(other);
    }
}
