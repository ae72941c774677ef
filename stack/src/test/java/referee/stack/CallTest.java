// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.HeaderName.CSEQ;
import static referee.sip.HeaderName.RACK;
import static referee.sip.HeaderName.ROUTE;
import static referee.sip.HeaderName.SESSION_EXPIRES;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Calls between two user agents on a network that loses nothing unless told to.
class CallTest {
    private static List<Ending> endings(SimNet.Host host) {
        return host.events(Event.CallEnded.class).stream().map(Event.CallEnded::why).toList();
    }

    private static void hangUp(Pair pair, Job call) {
        pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call));
    }

    private static Job bobs(Pair pair) {
        return pair.bob.events(Event.Invited.class).getFirst().job();
    }

    private static boolean isRequest(SimNet.Packet packet, String method) {
        return packet.message().isRequest() && packet.message().method().equals(method);
    }

    private static Sdp sdp(SipMessage message) {
        return Sdp.of(message).optional().orElseThrow();
    }

    @Test
    void isAnsweredAndHungUp() {
        var pair =
                new Pair()
                        .bob((host, event) -> {
                            if (!(event instanceof Event.Invited(var job, _, _, _))) return;
                            host.carryOut(host.agent().reply(host.now(), job, Reply.of(180)));
                            host.carryOut(host.agent().reply(host.now(), job, Reply.of(200)));
                        });
        var call = pair.call();
        pair.at(5, () -> hangUp(pair, call));
        assertThat(pair.net.run(Duration.ofHours(1))).as(pair.net.story()).isTrue();
        assertThat(pair.ladder())
                .containsExactly(
                        "alice INVITE sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 180 Ringing",
                        "bob SIP/2.0 200 OK",
                        "alice ACK sip:bob@192.0.2.2:5060 SIP/2.0",
                        "alice BYE sip:bob@192.0.2.2:5060 SIP/2.0",
                        "bob SIP/2.0 200 OK");
        assertThat(endings(pair.alice)).containsExactly(Ending.HUNG_UP);
        assertThat(endings(pair.bob)).containsExactly(Ending.BYE);
        assertThat(pair.alice.agent().open() + pair.bob.agent().open()).isZero();
    }

    @Test
    void goesTheSameWayOverAConnection() {
        var pair = new Pair().picksUp();
        var call = pair.call(Calling.of("sip:bob@192.0.2.2;transport=tcp"));
        pair.at(5, () -> hangUp(pair, call));
        pair.run(60);
        assertThat(pair.net.sent())
                .extracting(SimNet.Packet::transport)
                .containsOnly(referee.sip.Transport.TCP);
        assertThat(endings(pair.bob)).containsExactly(Ending.BYE);
    }

    @Test
    void acknowledgesEachCopyOfA2xxWithTheSameAck() {
        var pair = new Pair().picksUp();
        var acks = new ArrayList<SimNet.Packet>();
        pair.net.filter(packet -> {
            if (isRequest(packet, "ACK")) acks.add(packet);
            return !isRequest(packet, "ACK") || acks.size() > 2;
        });
        pair.call();
        pair.run(20);
        assertThat(acks).hasSize(3);
        assertThat(new HashSet<>(acks.stream().map(one -> one.message().bytes().text()).toList()))
                .hasSize(1);
        assertThat(pair.bob.events(Event.CallConfirmed.class)).hasSize(1);
    }

    @Test
    void takesACopyOfA2xxForNoForkWhileTheNameOfItsContactIsLookedUp() {
        var pair = new Pair().answers(Reply.of(200).with("Contact", "<sip:bob@bob.example.com>"));
        pair.net.name(
                "bob.example.com",
                new Target(referee.sip.Transport.UDP, pair.bob.endpoint(), "bob.example.com"));
        pair.net.weather(new SimNet.Weather(0, 1, Duration.ofMillis(5), Duration.ofMillis(10)));
        pair.call();
        pair.run(20);
        assertThat(pair.alice.events(Event.ForkAnswered.class)).isEmpty();
        assertThat(pair.sent("BYE")).isEmpty();
        assertThat(pair.bob.events(Event.CallConfirmed.class)).hasSize(1);
    }

    @Test
    void isEndedWithByeWhereTheAckNeverComes() {
        var pair = new Pair().picksUp();
        pair.net.filter(packet -> !isRequest(packet, "ACK"));
        pair.call();
        pair.run(60);
        assertThat(endings(pair.bob)).containsExactly(Ending.NO_ACK);
        assertThat(endings(pair.alice)).containsExactly(Ending.BYE);
    }

    @Test
    void isCancelledOnlyAfterAProvisionalResponse() {
        var pair = new Pair();
        hangUp(pair, pair.call());
        pair.run(60);
        assertThat(pair.ladder())
                .containsExactly(
                        "alice INVITE sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 100 Trying",
                        "alice CANCEL sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 200 OK",
                        "bob SIP/2.0 487 Request Terminated",
                        "alice ACK sip:bob@192.0.2.2 SIP/2.0");
        assertThat(endings(pair.alice)).containsExactly(Ending.CANCELLED);
        assertThat(endings(pair.bob)).containsExactly(Ending.CANCELLED_BY_PEER);
        var tags =
                pair.net.sent().stream()
                        .map(SimNet.Packet::message)
                        .filter(one -> one.code() >= 200)
                        .map(Copies::toTag);
        assertThat(tags.distinct()).as("one tag for CANCEL and INVITE").hasSize(1);
    }

    @Test
    void isNeverSentWhereItIsGivenUpWhileItsNameIsLookedUp() {
        var pair = new Pair();
        pair.net.name(
                "sip.example.com", new Target(referee.sip.Transport.UDP, pair.bob.endpoint(), ""));
        hangUp(pair, pair.call(Calling.of("sip:bob@sip.example.com")));
        pair.run(60);
        assertThat(pair.ladder()).isEmpty();
        assertThat(endings(pair.alice)).containsExactly(Ending.CANCELLED);
    }

    @Test
    void isEndedWithByeWhereTheCancelCrossesThe2xx() {
        var pair = new Pair();
        var call = pair.call();
        pair.at(1, () -> pair.reply(bobs(pair), Reply.of(200)));
        pair.at(1, () -> hangUp(pair, call));
        pair.run(60);
        assertThat(pair.sent("CANCEL")).hasSize(1);
        assertThat(pair.sent("ACK")).hasSize(1);
        assertThat(pair.sent("BYE")).hasSize(1);
        assertThat(endings(pair.alice)).containsExactly(Ending.CANCELLED);
        assertThat(endings(pair.bob)).containsExactly(Ending.BYE);
    }

    @Test
    void isOverWhereNothingFollowsACancel() {
        var pair = new Pair();
        var call = pair.call();
        pair.at(1, () -> hangUp(pair, call));
        pair.net.filter(packet -> packet.message().code() != 487);
        pair.run(60);
        assertThat(endings(pair.alice)).containsExactly(Ending.CANCELLED);
    }

    @Test
    void endsEveryOtherForkThatAnswersToo() {
        var pair = new Pair().picksUp();
        pair.call();
        pair.run(1);
        var answer = pair.alice.events(Event.CallAnswered.class).getFirst().response();
        var invite = pair.sent("INVITE").getFirst();
        pair.net.inject(
                pair.bob,
                pair.alice,
                Draft.response(200, "OK")
                        .with("Via", Pair.value(answer, referee.sip.HeaderName.VIA))
                        .with("From", Pair.value(invite, referee.sip.HeaderName.FROM))
                        .with("To", "<sip:bob@192.0.2.2>;tag=fork")
                        .with("Call-ID", Pair.value(invite, referee.sip.HeaderName.CALL_ID))
                        .with("CSeq", "1 INVITE")
                        .with("Contact", "<sip:fork@192.0.2.2>"));
        pair.run(20);
        assertThat(pair.alice.events(Event.ForkAnswered.class)).hasSize(1);
        assertThat(pair.sent("ACK")).hasSize(2);
        assertThat(pair.sent("BYE")).singleElement().asString().contains("fork@");
        assertThat(endings(pair.alice)).isEmpty();
    }

    @Test
    void takesTheRecordedRouteInReverseAndInItsOwnSpelling() {
        var pair =
                new Pair()
                        .answers(
                                Reply.of(200)
                                        .with(
                                                "Record-Route",
                                                "<sip:192.0.2.2;lr;Foo=BAR>, <sip:192.0.2.2:5060;LR=on>"));
        var call = pair.call();
        pair.at(1, () -> hangUp(pair, call));
        pair.run(20);
        var bye = pair.sent("BYE").getFirst();
        assertThat(bye.values(referee.sip.Route.KIND))
                .extracting(route -> route.address().uri().text().text())
                .containsExactly("sip:192.0.2.2:5060;LR=on", "sip:192.0.2.2;lr;Foo=BAR");
        assertThat(bye.toString()).startsWith("BYE sip:bob@192.0.2.2:5060 ");
    }

    @Test
    void obeysAStrictRouter() {
        var pair = new Pair().answers(Reply.of(200).with("Record-Route", "<sip:192.0.2.2>"));
        var call = pair.call();
        pair.at(1, () -> hangUp(pair, call));
        pair.run(20);
        var bye = pair.sent("BYE").getFirst();
        assertThat(bye.toString()).startsWith("BYE sip:192.0.2.2 ");
        assertThat(Pair.value(bye, ROUTE)).isEqualTo("<sip:bob@192.0.2.2:5060>");
    }

    @Test
    void answersWhatComesInsideWhileItStands() {
        var pair = new Pair().picksUp();
        pair.call();
        pair.run(1);
        var agent = pair.bob.agent();
        for (var method : List.of("OPTIONS", "INFO", "MESSAGE", "FOO"))
            pair.bob.start(agent.inDialog(pair.net.now(), bobs(pair), Draft.request(method, "")));
        pair.bob.carryOut(agent.update(pair.net.now(), bobs(pair)));
        pair.run(10);
        for (var method : List.of("OPTIONS", "INFO", "MESSAGE", "UPDATE"))
            assertThat(pair.answered(method)).as(method).containsExactly(200);
        assertThat(pair.answered("FOO")).containsExactly(405);
    }

    @Test
    void isHeldAndTakenBack() {
        var pair = new Pair().picksUp();
        var call = pair.call();
        pair.at(1, () -> pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, true)));
        pair.at(2, () -> pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, false)));
        pair.run(10);
        assertThat(pair.bob.events(Event.MediaChanged.class))
                .extracting(Event.MediaChanged::heldByPeer)
                .containsExactly(true, false);
        assertThat(pair.sent("INVITE"))
                .extracting(one -> sdp(one).media().getFirst().direction())
                .containsExactly(
                        Sdp.Direction.SENDRECV, Sdp.Direction.SENDONLY, Sdp.Direction.SENDRECV);
        assertThat(pair.sent("ACK")).hasSize(3);
    }

    @Test
    void resolvesTwoReinvitesThatCross() {
        var pair = new Pair().picksUp();
        var call = pair.call();
        pair.at(
                1,
                () -> {
                    pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, true));
                    pair.bob.carryOut(pair.bob.agent().hold(pair.net.now(), bobs(pair), true));
                });
        pair.run(30);
        assertThat(pair.answered("INVITE")).as(pair.net.story()).contains(491, 200);
        assertThat(pair.alice.events(Event.MediaChanged.class).getLast().heldByPeer()).isTrue();
        assertThat(pair.bob.events(Event.MediaChanged.class).getLast().heldByPeer()).isTrue();
    }

    @Test
    void offersOneAudioLineAndRefusesTheRestOfAnOffer() {
        var video =
                "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                        + "m=video 4000 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n"
                        + "m=audio 4002 RTP/AVP 9 8 97\r\na=rtpmap:97 telephone-event/8000\r\na=sendonly\r\n"
                        + "m=audio 4004 RTP/AVP 0\r\n";
        var pair = new Pair().picksUp();
        pair.call(Calling.of(Pair.BOB).offering(Slice.of(video)));
        pair.run(10);
        var answer = sdp(pair.alice.events(Event.CallAnswered.class).getFirst().response());
        assertThat(answer.media()).extracting(Sdp.Media::port).containsExactly(0, 9, 0);
        assertThat(answer.media().get(1).formats()).containsExactly("8", "97");
        assertThat(answer.media().get(1).direction()).isEqualTo(Sdp.Direction.RECVONLY);
    }

    @Test
    void isRefusedWith488WhereNothingFits() {
        var offer =
                "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4002 RTP/AVP 9\r\n";
        var pair = new Pair().picksUp();
        pair.call(Calling.of(Pair.BOB).offering(Slice.of(offer)));
        pair.run(10);
        assertThat(((Failure.Rejected) pair.failure()).response().code()).isEqualTo(488);
        assertThat(endings(pair.bob)).containsExactly(Ending.REFUSED);
    }

    @Test
    void answersALateOfferInTheAck() {
        var pair = new Pair().picksUp();
        pair.call(Calling.of(Pair.BOB).offeringLate());
        pair.run(10);
        assertThat(pair.sent("INVITE").getFirst().body().isEmpty()).isTrue();
        assertThat(sdp(pair.sent("ACK").getFirst()).media()).hasSize(1);
    }

    @Test
    void acknowledgesReliableResponsesInOrderAndOnce() {
        var pair =
                new Pair()
                        .bob((host, event) -> {
                            if (!(event instanceof Event.Invited(var job, _, _, _))) return;
                            for (var reply :
                                    List.of(
                                            Reply.of(183).reliably(),
                                            Reply.of(180).reliably(),
                                            Reply.of(200)))
                                host.carryOut(host.agent().reply(host.now(), job, reply));
                        });
        pair.net.filter(packet ->
                !isRequest(packet, "PRACK") || packet.at().isAfter(SimNet.START.plusSeconds(2)));
        pair.call();
        pair.run(30);
        assertThat(pair.alice.events(Event.Progress.class))
                .as(pair.net.story())
                .extracting(one -> one.response().code())
                .contains(183, 180);
        assertThat(new HashSet<>(Pair.values(pair.sent("PRACK"), RACK))).hasSize(2);
        assertThat(new HashSet<>(Pair.values(pair.sent("PRACK"), CSEQ))).hasSize(2);
        assertThat(pair.bob.events(Event.CallConfirmed.class)).hasSize(1);
    }

    @Test
    void isGivenUpWhereNoReliableResponseIsEverAcknowledged() {
        var pair = new Pair().answers(Reply.of(180).reliably());
        pair.net.filter(packet -> !isRequest(packet, "PRACK"));
        pair.call();
        pair.run(60);
        assertThat(endings(pair.bob)).containsExactly(Ending.NO_PRACK);
        assertThat(((Failure.Rejected) pair.failure()).response().code()).isEqualTo(504);
    }

    @Test
    void asksForALongerSessionOnceWhereToldTo() {
        var pair =
                new Pair(
                                setup -> setup.session(Optional.of(Duration.ofSeconds(100))),
                                setup -> setup.shortestSession(Duration.ofSeconds(300)))
                        .picksUp();
        pair.call();
        pair.run(10);
        assertThat(Pair.values(pair.sent("INVITE"), SESSION_EXPIRES)).containsExactly("100", "300");
        assertThat(pair.alice.events(Event.CallAnswered.class)).hasSize(1);
    }

    @Test
    void isRefreshedAtHalfOfTheSessionInterval() {
        var pair =
                new Pair(setup -> setup.session(Optional.of(Duration.ofMinutes(2))), setup -> setup)
                        .picksUp();
        pair.call();
        pair.run(500);
        assertThat(pair.sent("UPDATE").size()).isBetween(7, 9);
        assertThat(endings(pair.alice)).isEmpty();
        assertThat(endings(pair.bob)).isEmpty();
    }

    @Test
    void isEndedWhereTheOtherSideDoesNotRefreshIt() {
        var pair =
                new Pair(setup -> setup.session(Optional.of(Duration.ofMinutes(2))), setup -> setup)
                        .picksUp();
        pair.net.filter(packet -> !isRequest(packet, "UPDATE"));
        pair.call();
        pair.run(87);
        assertThat(endings(pair.bob)).isEmpty();
        pair.run(95);
        assertThat(endings(pair.bob)).containsExactly(Ending.SESSION_EXPIRED);
    }

    @Test
    void isLostWhereARequestInsideIsAnswered481() {
        var pair = new Pair().picksUp();
        var call = pair.call();
        pair.at(1, () -> pair.bob.carryOut(pair.bob.agent().hangUp(pair.net.now(), bobs(pair))));
        pair.net.filter(packet -> !isRequest(packet, "BYE") || packet.from().equals("alice"));
        pair.at(40, () -> pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, true)));
        pair.run(80);
        assertThat(endings(pair.alice)).containsExactly(Ending.DIALOG_LOST);
    }

    @Test
    void isDeclinedByWhoeverHangsUpBeforeAnswering() {
        var pair = new Pair();
        pair.call();
        pair.at(1, () -> pair.bob.carryOut(pair.bob.agent().hangUp(pair.net.now(), bobs(pair))));
        pair.run(60);
        assertThat(((Failure.Rejected) pair.failure()).response().code()).isEqualTo(603);
    }
}
