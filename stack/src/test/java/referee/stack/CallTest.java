// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import referee.stack.SimNet.Host;

/// Calls between two user agents on a network that loses nothing.
class CallTest {
    private final SimNet net = new SimNet(1, SimNet.Weather.FINE);
    private final Host alice =
            net.host("alice", "192.0.2.1", setup -> setup.user("sip:alice@example.com"), NOTHING);
    private SimNet.Application answer = (host, event) -> {};
    private final Host bob =
            net.host(
                    "bob",
                    "192.0.2.2",
                    setup -> setup.user("sip:bob@example.com").serves("INVITE", "REFER"),
                    (host, event) -> answer.on(host, event));

    static final SimNet.Application NOTHING = (host, event) -> {};

    private static void pickUp(Host host, Event event) {
        if (event instanceof Event.Invited(var job, _, _, _)) {
            host.carryOut(host.agent().reply(host.now(), job, Reply.of(180)));
            host.carryOut(host.agent().reply(host.now(), job, Reply.of(200)));
        }
    }

    private List<String> ladder() {
        return net.sent().stream().map(packet -> packet.from() + " " + packet.message()).toList();
    }

    private Job call() {
        return alice.start(alice.agent().call(net.now(), Calling.of("sip:bob@192.0.2.2")));
    }

    @Test
    void isAnsweredAndHungUp() {
        answer = CallTest::pickUp;
        var job = call();
        net.at(Duration.ofSeconds(5), () -> alice.carryOut(alice.agent().hangUp(net.now(), job)));
        assertThat(net.run(Duration.ofHours(1))).as(net.story()).isTrue();
        assertThat(ladder())
                .containsExactly(
                        "alice INVITE sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 180 Ringing",
                        "bob SIP/2.0 200 OK",
                        "alice ACK sip:bob@192.0.2.2:5060 SIP/2.0",
                        "alice BYE sip:bob@192.0.2.2:5060 SIP/2.0",
                        "bob SIP/2.0 200 OK");
        assertThat(alice.events(Event.CallEnded.class))
                .containsExactly(new Event.CallEnded(job, Ending.HUNG_UP));
        assertThat(bob.events(Event.CallEnded.class))
                .extracting(Event.CallEnded::why)
                .containsExactly(Ending.BYE);
        assertThat(alice.agent().open() + bob.agent().open()).as(net.story()).isZero();
    }

    @Test
    void transfersToTheEnd() {
        var carol =
                net.host(
                        "carol",
                        "192.0.2.3",
                        s -> s.user("sip:carol@example.com").serves("INVITE"),
                        CallTest::pickUp);
        answer =
                (host, event) -> {
                    pickUp(host, event);
                    if (event instanceof Event.Referred(var job, _, _, _))
                        host.start(host.agent().follow(host.now(), job));
                };
        var job = call();
        net.at(
                Duration.ofSeconds(5),
                () ->
                        alice.start(
                                alice.agent()
                                        .transfer(
                                                net.now(),
                                                job,
                                                Transferring.to("sip:carol@192.0.2.3"))));
        net.run(Duration.ofMinutes(3));
        assertThat(alice.events(Event.TransferOutcome.class))
                .as(net.story())
                .extracting(Event.TransferOutcome::outcome)
                .containsExactly(new Outcome.Succeeded(200));
        assertThat(carol.events(Event.CallConfirmed.class)).hasSize(1);
    }
}
