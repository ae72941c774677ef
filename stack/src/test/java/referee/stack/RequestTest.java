// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import referee.sip.HeaderName;
import referee.sip.Transport;

/// What every request of ours is like, and how it fares.
class RequestTest {
    private static final Endpoint DEAD = new Endpoint("192.0.2.9", 5060);

    private static Target target(Transport transport, String address) {
        return new Target(transport, new Endpoint(address, 5060), "sip.example.com");
    }

    @Test
    void hasABranchOfItsOwnAndRportAndSeventyHops() {
        var pair = new Pair().answers(Reply.of(200));
        pair.options();
        pair.options();
        pair.run(60);
        var vias = Pair.values(pair.sent("OPTIONS"), HeaderName.VIA);
        assertThat(vias)
                .allMatch(via -> via.startsWith("SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK"));
        assertThat(new HashSet<>(vias)).hasSize(2);
        assertThat(Pair.values(pair.sent("OPTIONS"), HeaderName.MAX_FORWARDS)).containsOnly("70");
    }

    @Test
    void isToldFromWhereItCame() {
        var pair = new Pair().answers(Reply.of(200));
        var job = pair.options();
        pair.run(60);
        var answered = pair.alice.events(Event.Answered.class).getFirst();
        assertThat(answered.job()).isEqualTo(job);
        assertThat(Pair.value(answered.response(), HeaderName.VIA))
                .contains(";rport=5060")
                .endsWith(";received=192.0.2.1");
    }

    @Test
    void isForgottenWhereTheApplicationNeverAnswers() {
        var pair = new Pair();
        pair.options();
        pair.run(70);
        assertThat(pair.bob.agent().open()).isZero();
    }

    @Test
    void takesNoResponseOfAnotherBranchOrMethodAndTells() {
        var pair = new Pair();
        pair.options();
        var foreign =
                Draft.response(200, "OK")
                        .with("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKother")
                        .with("CSeq", "1 OPTIONS");
        pair.net.inject(pair.bob, pair.alice, foreign);
        pair.run(1);
        assertThat(pair.alice.events(Event.Unmatched.class))
                .extracting(Event.Unmatched::why)
                .containsExactly("a response to no request of ours");
        assertThat(pair.alice.events(Event.Answered.class)).isEmpty();
    }

    @Test
    void endsAfter64T1WithoutAnAnswerAndAtOnceWhereNobodyListens() {
        var pair = new Pair();
        pair.net.kill(pair.bob.endpoint());
        pair.options();
        pair.run(31);
        assertThat(pair.alice.events(Event.Failed.class)).isEmpty();
        pair.run(33);
        assertThat(pair.failure()).isEqualTo(new Failure.TimedOut("OPTIONS"));
        pair.options();
        var flow = new Flow(Transport.UDP, pair.alice.endpoint(), pair.bob.endpoint(), 0);
        var error = new TransportError(TransportError.Kind.REFUSED, "ICMP port unreachable");
        pair.alice.carryOut(pair.alice.agent().lost(pair.net.now(), flow, error));
        assertThat(pair.failure()).isEqualTo(new Failure.Unreachable(error));
    }

    @Test
    void goesToTheNextTargetAfterSilenceAnErrorAnd503() {
        for (var how : List.of("silence", "refused", "503")) {
            var pair = new Pair().answers(Reply.of(200));
            var first = how.equals("refused") ? Transport.TCP : Transport.UDP;
            pair.net.name(
                    "sip.example.com", target(first, "192.0.2.9"), target(first, "192.0.2.2"));
            if (how.equals("503"))
                pair.net.host(
                        "busy",
                        "192.0.2.9",
                        setup -> setup.serves("OPTIONS"),
                        (host, event) -> {
                            if (event instanceof Event.Asked(var job, _, _))
                                host.carryOut(host.agent().reply(host.now(), job, Reply.of(503)));
                        });
            pair.alice.start(
                    pair.alice
                            .agent()
                            .request(
                                    pair.net.now(),
                                    Draft.request("OPTIONS", "sip:sip.example.com")));
            pair.run(100);
            assertThat(pair.alice.events(Event.Answered.class))
                    .as(how + pair.net.story())
                    .hasSize(1);
            assertThat(new HashSet<>(Pair.values(pair.sent("OPTIONS"), HeaderName.VIA)))
                    .as(how)
                    .hasSize(2);
        }
    }

    @Test
    void failsWhereANameHasNoAddressAndWhereEveryTargetRefuses() {
        var pair = new Pair();
        pair.alice.start(
                pair.alice
                        .agent()
                        .request(pair.net.now(), Draft.request("OPTIONS", "sip:nowhere.example")));
        pair.run(1);
        assertThat(pair.failure())
                .isEqualTo(
                        new Failure.Unreachable(
                                new TransportError(
                                        TransportError.Kind.DNS,
                                        "no address for sip:nowhere.example")));
        pair.alice.start(
                pair.alice
                        .agent()
                        .request(
                                pair.net.now(),
                                Draft.request("OPTIONS", "sip:192.0.2.9;transport=tcp")));
        pair.run(2);
        assertThat(pair.failure())
                .isEqualTo(
                        new Failure.Unreachable(
                                new TransportError(
                                        TransportError.Kind.REFUSED, "refused by " + DEAD)));
    }

    @Test
    void goesByTcpWhereItIsTooLargeForADatagramAndByUdpWhereThatIsRefused() {
        var pair = new Pair().answers(Reply.of(200));
        var large = Draft.request("OPTIONS", Pair.BOB).with("Subject", "x".repeat(1300));
        pair.alice.start(pair.alice.agent().request(pair.net.now(), large));
        pair.run(60);
        assertThat(pair.net.sent().getFirst().transport()).isEqualTo(Transport.TCP);
        assertThat(Pair.values(pair.sent("OPTIONS"), HeaderName.VIA).getFirst())
                .startsWith("SIP/2.0/TCP ");
        assertThat(pair.alice.events(Event.Answered.class)).hasSize(1);
    }

    @Test
    void tellsEachRefusalAndFollowsNone() {
        for (var code : List.of(302, 305, 403, 404, 480, 486, 488, 503, 603)) {
            var pair =
                    new Pair()
                            .answers(
                                    Reply.of(code)
                                            .with("Contact", "<sip:else@192.0.2.3>")
                                            .with("Retry-After", 30));
            pair.call();
            pair.run(120);
            assertThat(pair.failure())
                    .isInstanceOfSatisfying(
                            Failure.Rejected.class,
                            rejected -> assertThat(rejected.response().code()).isEqualTo(code));
            assertThat(pair.sent("INVITE")).hasSize(1);
        }
    }

    @Test
    void ofOptionsIsAnsweredWithWhatWeCan() {
        var pair = new Pair(setup -> setup, setup -> setup.serves("INVITE"));
        pair.options();
        pair.run(60);
        var answer = pair.alice.events(Event.Answered.class).getFirst().response();
        assertThat(Pair.value(answer, HeaderName.ALLOW)).contains("REFER", "NOTIFY");
        assertThat(Pair.value(answer, HeaderName.SUPPORTED)).contains("100rel", "replaces");
    }

    @Test
    void isRefusedWhereItAsksForWhatNobodyKnows() {
        var pair = new Pair();
        pair.call(Calling.of(Pair.BOB).with("Require", "nothing-we-know"));
        pair.run(60);
        assertThat(pair.failure())
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        one -> {
                            assertThat(one.response().code()).isEqualTo(420);
                            assertThat(Pair.value(one.response(), HeaderName.UNSUPPORTED))
                                    .isEqualTo("nothing-we-know");
                        });
    }

    @Test
    void outsideADialogIsRefusedWhereOneIsNeededAndWhereTheMethodIsNotServed() {
        var pair = new Pair();
        for (var method : List.of("BYE", "UPDATE", "NOTIFY", "PUBLISH")) {
            pair.alice.start(
                    pair.alice.agent().request(pair.net.now(), Draft.request(method, Pair.BOB)));
        }
        pair.run(60);
        assertThat(pair.alice.events(Event.Failed.class))
                .extracting(one -> ((Failure.Rejected) one.why()).response().code())
                .containsExactly(481, 481, 481, 405);
    }
}
