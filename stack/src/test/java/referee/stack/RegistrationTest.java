// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.HeaderName.CALL_ID;
import static referee.sip.HeaderName.CONTACT;
import static referee.sip.HeaderName.CSEQ;
import static referee.sip.HeaderName.EXPIRES;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final String OURS = "<sip:alice@192.0.2.1:5060>";
    private static final String OTHER = "<sip:alice@198.51.100.7:5060>;expires=3000";

    private static Reply granted(String contacts) {
        return Reply.of(200).with("Contact", contacts).with("Expires", 3600);
    }

    @Test
    void isGrantedWhatOurContactSaysNotTheHeaderAndListsForeignBindings() {
        var pair = new Pair().answers(granted(OTHER + ", " + OURS + ";expires=120"));
        pair.register();
        pair.run(1);
        var registered = pair.alice.events(Event.Registered.class).getFirst();
        assertThat(registered.granted()).isEqualTo(Duration.ofMinutes(2));
        assertThat(registered.others()).hasSize(1);
    }

    @Test
    void isRefreshedBeforeItEndsUnderTheSameCallIdWithRisingNumbers() {
        var pair = new Pair().answers(granted(OURS + ";expires=120"));
        pair.register();
        pair.run(300);
        assertThat(Pair.values(pair.sent("REGISTER"), CSEQ))
                .containsExactly("1 REGISTER", "2 REGISTER", "3 REGISTER", "4 REGISTER");
        assertThat(new HashSet<>(Pair.values(pair.sent("REGISTER"), CALL_ID))).hasSize(1);
    }

    @Test
    void failsWhereNothingOrSomebodyElsesBindingIsGranted() {
        for (var contacts : java.util.List.of(OURS + ";expires=0", OTHER)) {
            var pair = new Pair().answers(granted(contacts));
            pair.register();
            pair.run(60);
            assertThat(pair.failure()).isInstanceOf(Failure.NotGranted.class);
            assertThat(pair.alice.events(Event.Registered.class)).isEmpty();
        }
    }

    @Test
    void asksForLongerOnceWhereToldToAndAnswersAFreshChallengeAfterThat() {
        var challenge =
                Reply.of(401)
                        .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        var again =
                Reply.of(401)
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"r\", nonce=\"2\", qop=\"auth\", stale=true");
        var brief = Reply.of(423).with("Min-Expires", 1800);
        var pair = new Pair().answers(challenge, brief, again, granted(OURS + ";expires=1800"));
        pair.register();
        pair.run(60);
        assertThat(Pair.values(pair.sent("REGISTER"), EXPIRES))
                .containsExactly("600", "600", "1800", "1800");
        assertThat(pair.alice.events(Event.Registered.class)).hasSize(1);
        var stubborn = new Pair().answers(brief, Reply.of(423).with("Min-Expires", 9999));
        stubborn.register();
        stubborn.run(60);
        assertThat(stubborn.sent("REGISTER")).hasSize(2);
        assertThat(stubborn.failure()).isInstanceOf(Failure.Rejected.class);
    }

    @Test
    void takesAwayOurOwnContactAndNoOther() {
        var pair = new Pair().answers(granted(OURS + ";expires=120"));
        var job = pair.register();
        pair.at(5, () -> pair.alice.carryOut(pair.alice.agent().unregister(pair.net.now(), job)));
        assertThat(pair.net.run(Duration.ofHours(1))).isTrue();
        assertThat(Pair.value(pair.sent("REGISTER").getLast(), CONTACT))
                .isEqualTo(OURS + ";expires=0");
        assertThat(pair.alice.events(Event.Unregistered.class)).hasSize(1);
        assertThat(pair.alice.agent().open()).isZero();
    }

    @Test
    void leavesAfterwardsWhereItIsStillBeingMade() {
        var pair = new Pair().answers(granted(OURS + ";expires=120"));
        var job = pair.register();
        pair.alice.carryOut(pair.alice.agent().unregister(pair.net.now(), job));
        pair.run(60);
        assertThat(Pair.values(pair.sent("REGISTER"), EXPIRES)).containsExactly("600", "0");
        assertThat(pair.alice.events(Event.Unregistered.class)).hasSize(1);
    }

    @Test
    void makesLaterRequestsTakeTheServiceRoute() {
        var pair =
                new Pair()
                        .answers(
                                granted(OURS + ";expires=1200")
                                        .with("Service-Route", "<sip:192.0.2.2;lr;X=Y>"),
                                Reply.of(200));
        pair.register();
        pair.at(2, () -> pair.call(Calling.of("sip:carol@elsewhere.example")));
        pair.run(10);
        assertThat(Pair.value(pair.sent("INVITE").getFirst(), referee.sip.HeaderName.ROUTE))
                .isEqualTo("<sip:192.0.2.2;lr;X=Y>");
    }
}
