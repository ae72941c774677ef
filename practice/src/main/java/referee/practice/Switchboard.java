// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Uri;
import referee.stack.Calling;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Local;
import referee.stack.Output;
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
    private static final int MOST_TRANSFERS = 10_000;

    private final Registrar registrar;
    private final Bridges bridges;
    private List<Local> locals = List.of();

    /// Transfer of ours → the call that it is about.
    private final Map<Job, Job> transfers = new HashMap<>();

    Switchboard(Registrar registrar, Schedule schedule) {
        this.registrar = registrar;
        this.bridges = new Bridges(schedule);
    }

    /// Which addresses mean us.
    void isAt(List<Local> addresses) {
        locals = List.copyOf(addresses);
    }

    void invited(Turn turn, Users users) {
        if (turn.replaced().isPresent()) {
            replace(turn, turn.replaced().get());
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
            case "attend-me" -> Callbacks.attend(turn, this);
            case "call-me" -> Callbacks.callBack(turn);
            case "answer", "echo" -> answer(turn, SHORT_RING);
            default -> call(turn, users);
        }
    }

    /// Takes the place of a call of ours: of one side of a pair, too.
    private void replace(Turn turn, Job replaced) {
        var side = bridges.standing(replaced);
        if (side.isPresent())
            bridges.replace(turn.agent(), turn.at(), turn, side.get(), turn.out());
        else turn.reply(bridges.has(replaced) ? 603 : 200);
    }

    /// Does what a REFER asks for. Where it comes from one side of a pair, the other side is joined
    /// to the target, and stays joined to the transferor until the target has answered.
    void referred(Turn turn) {
        var side = turn.call().flatMap(bridges::standing);
        if (side.isEmpty()) {
            turn.follow();
            return;
        }
        var stays = side.get().other().orElseThrow();
        if (bridges.isReferred(stays) || bridges.isFull()) {
            turn.reply(491);
            return;
        }
        var target = turn.follow(calling -> offering(directly(calling, turn.at()), stays.fresh()));
        bridges.refer(turn.agent(), stays, target, turn.out());
    }

    /// To a user of ours as to any other caller's wish; to anybody else as the REFER says.
    private Calling directly(Calling calling, Instant at) {
        if (calling.headers().stream().anyMatch(line -> line.name().equals("Replaces")))
            return calling;
        var binding = us(calling.uri()).flatMap(user -> registrar.of(user, at));
        return binding.map(one -> one.calling().with(calling.headers())).orElse(calling);
    }

    /// The user part of a URI at our address.
    private Optional<String> us(String uri) {
        var read = Uri.read(Slice.of(uri)).optional();
        if (read.isEmpty() || !(read.get() instanceof SipUri sip)) return Optional.empty();
        var port = sip.port() == 0 ? 5060 : sip.port();
        var host = sip.host().text();
        return locals.stream().anyMatch(one -> isThere(one, host, port))
                ? Optional.of(sip.userText())
                : Optional.empty();
    }

    private static boolean isThere(Local local, String host, int port) {
        return local.address().toString().equals(host + ":" + port);
    }

    /// Rings, and picks up.
    private static void answer(Turn turn, Duration ring) {
        turn.reply(180);
        turn.after(ring, then -> then.reply(200));
    }

    /// Transfers the caller to a number that answers.
    private void transfer(Turn turn) {
        transfer(turn, Transferring.to("sip:answer@" + turn.flow().local()));
    }

    /// Somebody who is registered, but for the caller; else a number of practice itself.
    Calling consulted(Turn turn) {
        var here = "@" + turn.flow().local();
        var caller = Turn.user(Slice.of(Written.caller(turn.request())));
        var user = registrar.somebodyElse(caller, turn.at());
        return user.flatMap(one -> registrar.of(one, turn.at()))
                .map(Registrar.Binding::calling)
                .map(calling -> calling.with("To", "<sip:" + user.orElseThrow() + here + ">"))
                .orElseGet(() -> Calling.of("sip:answer" + here));
    }

    /// Transfers the caller, and hangs up once that is done.
    void transfer(Turn turn, Transferring what) {
        var transfer = turn.transfer(turn.job(), what);
        if (transfers.size() < MOST_TRANSFERS) transfers.put(transfer, turn.job());
    }

    private void call(Turn turn, Users users) {
        var binding = registrar.of(turn.dialled(), turn.at());
        if (binding.isPresent() && !bridges.isFull()) {
            join(turn, binding.get());
            return;
        }
        if (turn.dialled().matches("\\+?[0-9]{2,}")) answer(turn, SHORT_RING);
        else turn.reply(users.has(turn.dialled()) ? 480 : 404);
    }

    private void join(Turn turn, Registrar.Binding binding) {
        var calling = binding.calling();
        calling = offering(calling, turn.request().body());
        var caller = Written.caller(turn.request());
        if (!caller.isEmpty()) calling = calling.with("P-Asserted-Identity", "<" + caller + ">");
        var other = turn.call(calling);
        bridges.join(turn.agent(), turn.job(), turn.request(), other, turn.out());
    }

    private static Calling offering(Calling calling, Slice sdp) {
        return sdp.isEmpty() ? calling.offeringLate() : calling.offering(sdp);
    }

    void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        bridges.heard(agent, at, event, out);
        switch (event) {
            case Event.Failed(var job, _) -> transfers.remove(job);
            case Event.TransferOutcome(var job, _) -> {
                var call = transfers.remove(job);
                if (call != null) out.addAll(agent.hangUp(at, call));
            }
            default -> {}
        }
    }

    /// The call that this one is joined to.
    Optional<Job> other(Job job) {
        return bridges.standing(job).flatMap(Leg::other).map(Leg::job);
    }

    /// Joined no more.
    void separate(Job job) {
        bridges.standing(job).ifPresent(Leg::part);
    }
}
