// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.agent.Application;
import referee.practice.Occasion;
import referee.sip.Contact;
import referee.sip.NameAddr;
import referee.stack.Calling;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.Started;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// The phone of a [Bout]: does what an occasion asks for, and what is right about what comes of it,
/// but for its weakness.
final class Client implements Application {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Occasion occasion;
    private final Weakness weakness;
    private final SimNet net;
    private final List<Event> events = new ArrayList<>();
    private final Set<Job> calls = new HashSet<>();
    private Optional<Host> host = Optional.empty();
    private int tries;

    Client(Occasion occasion, Weakness weakness, SimNet net) {
        this.occasion = occasion;
        this.weakness = weakness;
        this.net = net;
    }

    Client at(Host where) {
        host = Optional.of(where);
        return this;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    void begin() {
        switch (occasion) {
            case REGISTER -> register();
            case OPTIONS ->
                    start(
                            agent().request(
                                            net.now(),
                                            Draft.request("OPTIONS", Bout.uri("practice"))));
            case CALL, HOLD, TRANSFER -> call("answer");
            case CANCEL -> {
                var job = call("ring");
                later(Duration.ofSeconds(3), () -> hangUp(job));
            }
            case ATTENDED -> {
                call("answer");
                later(Duration.ofSeconds(2), () -> call("echo"));
            }
            case TRANSFER_ME -> call("transfer-me");
            case CALL_ME -> call("call-me");
            case ATTEND_ME -> call("attend-me");
            case BRIDGED, BRIDGED_TRANSFER -> call("bob");
            case BRIDGED_ATTENDED -> {
                call("bob");
                later(Duration.ofSeconds(2), () -> call("carol"));
            }
        }
    }

    /// Until the phone leaves again, after a refresh.
    void register() {
        tries++;
        var what = Bout.registering("alice", Duration.ofMinutes(2));
        var job = start(agent().register(net.now(), what));
        later(Duration.ofSeconds(200), () -> carryOut(agent().unregister(net.now(), job)));
    }

    private Job call(String user) {
        return dial(Bout.uri(user));
    }

    private Job dial(String uri) {
        tries++;
        var job = start(agent().call(net.now(), Calling.of(uri)));
        calls.add(job);
        return job;
    }

    void hangUp(Job job) {
        carryOut(agent().hangUp(net.now(), job));
    }

    /// How often the phone has registered or called.
    int tries() {
        return tries;
    }

    void dialAgain() {
        call("answer");
    }

    void later(Duration wait, Runnable what) {
        net.after(wait, what);
    }

    private Job start(Started started) {
        return phone().start(started);
    }

    private Host phone() {
        return host.orElseThrow();
    }

    private UserAgent agent() {
        return phone().agent();
    }

    private void carryOut(List<Output> outputs) {
        phone().carryOut(outputs);
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        events.add(event);
        if (weakness.move(this, event)) return List.of();
        switch (event) {
            case Event.CallAnswered(var job, _) -> {
                if (calls.contains(job)) later(SOON, () -> answered(job));
            }
            case Event.TransferOutcome _ -> later(SOON, this::hangUpAll);
            case Event.Failed(var job, var why) -> {
                if (calls.contains(job)) redirected(why).ifPresent(this::dial);
                else if (isTransferor()) later(SOON, this::hangUpAll);
            }
            case Event.Referred(var job, _, _, _) -> {
                return agent.follow(at, job).outputs();
            }
            case Event.Invited(var job, var request, _, _) -> {
                return Bout.picked(agent, at, job, weakness.called(request));
            }
            default -> {}
        }
        return List.of();
    }

    @Override
    public List<Output.Send> leaving(Instant at, Output.Send send) {
        return weakness.leaving(send);
    }

    @Override
    public boolean enters(Received received) {
        return weakness.isHeard(received.message());
    }

    private boolean isTransferor() {
        return switch (occasion) {
            case TRANSFER, ATTENDED, BRIDGED_TRANSFER, BRIDGED_ATTENDED -> true;
            default -> false;
        };
    }

    private static Optional<String> redirected(Failure why) {
        return why instanceof Failure.Rejected(var response) && response.code() / 100 == 3
                ? response.first(Contact.KIND)
                        .optional()
                        .flatMap(Contact::address)
                        .map(NameAddr::uri)
                        .map(uri -> uri.text().text())
                : Optional.empty();
    }

    /// The target of an attended transfer ends the call that is replaced; the other one is ours.
    void hangUpAll() {
        if (!calls.isEmpty()) hangUp(earliest());
    }

    private void answered(Job job) {
        switch (occasion) {
            case CALL -> later(Duration.ofSeconds(150), () -> hangUp(job));
            case HOLD -> {
                hold(job, true);
                later(Duration.ofSeconds(10), () -> hold(job, false));
                later(Duration.ofSeconds(60), () -> hangUp(job));
            }
            case BRIDGED -> later(Duration.ofSeconds(10), () -> hangUp(job));
            case TRANSFER, BRIDGED_TRANSFER ->
                    transfer(job, Transferring.to("sip:carol@" + Bout.TARGET));
            case ATTENDED, BRIDGED_ATTENDED -> {
                if (calls.size() < 2 || !job.equals(latest())) return;
                transfer(earliest(), Transferring.attended(job));
            }
            case REGISTER, OPTIONS, CANCEL, TRANSFER_ME, ATTEND_ME, CALL_ME -> {}
        }
    }

    private void hold(Job job, boolean held) {
        carryOut(agent().hold(net.now(), job, held));
    }

    private Job earliest() {
        return calls.stream().min(Comparator.comparingInt(Job::number)).orElseThrow();
    }

    private Job latest() {
        return calls.stream().max(Comparator.comparingInt(Job::number)).orElseThrow();
    }

    private void transfer(Job call, Transferring what) {
        start(agent().transfer(net.now(), call, what));
    }
}
