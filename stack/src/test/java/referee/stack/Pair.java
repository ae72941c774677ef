// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import referee.sip.DigestAccount;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.SimNet.Host;

/// Alice and Bob on one network: she acts, he does what a test tells him to.
final class Pair {
    static final DigestAccount ACCOUNT = DigestAccount.of("alice", "s3cr3t pass");
    static final String BOB = "sip:bob@192.0.2.2";

    final SimNet net;
    final Host alice;
    final Host bob;
    private SimNet.Application script = (host, event) -> {};

    Pair() {
        this(setup -> setup, setup -> setup);
    }

    Pair(Function<Setup, Setup> hers, Function<Setup, Setup> his) {
        this(new SimNet(7, SimNet.Weather.FINE), hers, his);
    }

    Pair(SimNet net, Function<Setup, Setup> hers, Function<Setup, Setup> his) {
        this.net = net;
        this.alice =
                net.host(
                        "alice",
                        "192.0.2.1",
                        setup ->
                                hers.apply(
                                        setup.user("sip:alice@example.com")
                                                .serves("INVITE")
                                                .accounts(Accounts.everywhere(ACCOUNT))),
                        (host, event) -> {});
        this.bob =
                net.host(
                        "bob",
                        "192.0.2.2",
                        setup ->
                                his.apply(
                                        setup.user("sip:bob@example.com")
                                                .serves(
                                                        "INVITE",
                                                        "REFER",
                                                        "OPTIONS",
                                                        "REGISTER",
                                                        "SUBSCRIBE",
                                                        "MESSAGE")
                                                .events("presence")),
                        (host, event) -> script.on(host, event));
    }

    /// What Bob does about each event.
    Pair bob(SimNet.Application does) {
        script = does;
        return this;
    }

    /// Bob answers the first request with the first reply, and so on; the last one again and again.
    Pair answers(Reply... replies) {
        var left = new ArrayList<>(List.of(replies));
        return bob((host, event) -> {
            var job = asked(event);
            if (job == null) return;
            reply(job, left.size() > 1 ? left.removeFirst() : left.getFirst());
        });
    }

    /// Bob answers calls at once.
    Pair picksUp() {
        return answers(Reply.of(200));
    }

    static Job asked(Event event) {
        return switch (event) {
            case Event.Asked(var job, _, _) -> job;
            case Event.Invited(var job, _, _, _) -> job;
            default -> null;
        };
    }

    void reply(Job job, Reply reply) {
        bob.carryOut(bob.agent().reply(net.now(), job, reply));
    }

    void notify(Job job, Notice notice) {
        bob.carryOut(bob.agent().notify(net.now(), job, notice));
    }

    Job call(Calling what) {
        return alice.start(alice.agent().call(net.now(), what));
    }

    Job call() {
        return call(Calling.of(BOB));
    }

    Job options() {
        return alice.start(alice.agent().request(net.now(), Draft.request("OPTIONS", BOB)));
    }

    Job register() {
        return alice.start(
                alice.agent()
                        .register(
                                net.now(),
                                Registering.of(
                                        "sip:192.0.2.2",
                                        "sip:alice@example.com",
                                        Duration.ofMinutes(10))));
    }

    Job transfer(Job call, Transferring what) {
        return alice.start(alice.agent().transfer(net.now(), call, what));
    }

    /// Runs something so many seconds after the start.
    Pair at(long seconds, Runnable run) {
        net.at(Duration.ofSeconds(seconds), run);
        return this;
    }

    Pair run(long seconds) {
        net.run(Duration.ofSeconds(seconds));
        return this;
    }

    /// What Alice sent of this method, in order.
    List<SipMessage> sent(String method) {
        return net.sent().stream()
                .filter(packet -> packet.from().equals("alice"))
                .map(SimNet.Packet::message)
                .filter(message -> message.isRequest() && message.method().equals(method))
                .toList();
    }

    /// What she answered to requests of this method.
    List<Integer> answered(String method) {
        return net.sent().stream()
                .filter(packet -> packet.from().equals("alice"))
                .map(SimNet.Packet::message)
                .filter(message -> !message.isRequest() && message.method().equals(method))
                .map(SipMessage::code)
                .toList();
    }

    /// Start lines, each with who sent it.
    List<String> ladder() {
        return net.sent().stream().map(packet -> packet.from() + " " + packet.message()).toList();
    }

    static String value(SipMessage message, HeaderName name) {
        return message.raw(name).map(Slice::text).orElse("");
    }

    static List<String> values(List<SipMessage> messages, HeaderName name) {
        return messages.stream().map(message -> value(message, name)).toList();
    }

    Failure failure() {
        return alice.events(Event.Failed.class).getLast().why();
    }
}
