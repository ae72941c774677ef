// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// A call whose session is described by the application.
class RelayTest {
    private static final Duration INTERVAL = Duration.ofSeconds(100);
    private static final String HELD =
            "v=0\r\no=- 7 8 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                    + "m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n";

    private final Pair pair = new Pair().picksUp();

    private Job stand() {
        var call = pair.call();
        pair.run(1);
        pair.bob.carryOut(pair.bob.agent().relay(bobs()));
        return call;
    }

    private Job bobs() {
        return pair.bob.events(Event.Invited.class).getFirst().job();
    }

    private void hold(Job call) {
        pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, true));
    }

    private List<Integer> answersOfBob() {
        return pair.net.sent().stream()
                .filter(packet -> packet.from().equals("bob"))
                .map(SimNet.Packet::message)
                .filter(message -> !message.isRequest() && message.method().equals("INVITE"))
                .map(SipMessage::code)
                .filter(code -> code >= 200)
                .toList();
    }

    @Test
    void handsAnOfferOverAndSendsWhatTheApplicationAnswers() {
        var call = stand();
        pair.at(2, () -> hold(call));
        pair.at(3, () -> pair.reply(bobs(), Reply.of(200).body("application/sdp", HELD)));
        pair.run(10);
        assertThat(pair.bob.events(Event.Offered.class))
                .extracting(event -> event.request().body().text())
                .allMatch(sdp -> sdp.contains("a=sendonly"))
                .hasSize(1);
        var last = pair.net.sent().stream().map(SimNet.Packet::message).toList();
        assertThat(last).anyMatch(message -> message.body().text().equals(HELD));
        assertThat(pair.bob.events(Event.MediaChanged.class)).isEmpty();
        assertThat(pair.alice.events(Event.MediaChanged.class)).hasSize(1);
    }

    @Test
    void sendsWhatTheApplicationRefuses() {
        var call = stand();
        pair.at(2, () -> hold(call));
        pair.at(3, () -> pair.reply(bobs(), Reply.of(488)));
        pair.run(10);
        assertThat(answersOfBob()).containsExactly(200, 488);
        assertThat(pair.alice.events(Event.RefreshFailed.class)).hasSize(1);
        assertThat(pair.alice.events(Event.CallEnded.class)).isEmpty();
    }

    @Test
    void answersAnOfferThatStillWaitsWhenTheCallEnds() {
        var call = stand();
        pair.at(2, () -> hold(call));
        pair.at(3, () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
        pair.at(4, () -> pair.reply(bobs(), Reply.of(200)));
        pair.run(60);
        assertThat(answersOfBob()).containsExactly(200, 487);
        assertThat(pair.alice.agent().open() + pair.bob.agent().open()).isZero();
    }

    @Test
    void offersWhatTheApplicationDescribesAndTellsTheAnswer() {
        stand();
        var agent = pair.bob.agent();
        pair.at(
                2,
                () ->
                        pair.bob.carryOut(
                                agent.offer(pair.net.now(), bobs(), Slice.of(HELD), false)));
        pair.run(10);
        assertThat(pair.bob.events(Event.OfferAnswered.class))
                .extracting(event -> event.response().body().text())
                .allMatch(sdp -> sdp.contains("a=sendonly"))
                .hasSize(1);
        assertThat(pair.alice.events(Event.MediaChanged.class)).hasSize(1);
    }

    @Test
    void saysThatItCannotOfferWhileAnotherOfferIsOpen() {
        var call = stand();
        pair.at(2, () -> hold(call));
        var agent = pair.bob.agent();
        pair.at(
                3,
                () ->
                        pair.bob.carryOut(
                                agent.offer(pair.net.now(), bobs(), Slice.of(HELD), false)));
        pair.at(4, () -> pair.reply(bobs(), Reply.of(200).body("application/sdp", HELD)));
        pair.run(10);
        assertThat(pair.bob.events(Event.RefreshFailed.class)).hasSize(1);
        assertThat(answersOfBob()).containsExactly(200, 200);
    }

    @Test
    void repeatsTheLastDescriptionWhereASessionTimerWantsOne() {
        var timed =
                new Pair(setup -> setup.session(Optional.of(INTERVAL)), setup -> setup)
                        .answers(Reply.of(200).with("Allow", "INVITE, ACK, BYE"));
        var call = timed.call(Calling.of(Pair.BOB).offering(Slice.of(HELD)));
        timed.run(1);
        timed.alice.carryOut(timed.alice.agent().relay(call));
        timed.run(INTERVAL.toSeconds());
        assertThat(timed.sent("INVITE"))
                .hasSizeGreaterThan(1)
                .allMatch(invite -> invite.body().text().equals(HELD));
    }
}
