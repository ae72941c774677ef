// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InviteServerTest {
    private static final Instant START = Instant.EPOCH;
    private static final ServerInput.Request COPY = new ServerInput.Request(START);
    private static final ServerInput.Ack ACK = new ServerInput.Ack(START.plusSeconds(2));
    private final InviteServer udp = new InviteServer(Timers.DEFAULT, false);
    private final InviteServer tcp = new InviteServer(Timers.DEFAULT, true);

    private static ServerInput.Reply reply(int code) {
        return new ServerInput.Reply(code, START.plusSeconds(1));
    }

    private static List<String> silence(InviteServer table, InviteServer.State state) {
        return Silence.after(table, state, ServerInput.Tick::new);
    }

    private static InviteServer.State after(InviteServer table, int code) {
        return table.step(table.start(START).next(), reply(code)).next();
    }

    @Test
    void saysTryingWhereItsUserTakesLongerThan200Milliseconds() {
        assertThat(silence(udp, udp.start(START).next())).containsExactly("200 TRYING", "waits");
        assertThat(silence(udp, after(udp, 180))).containsExactly("waits");
    }

    @Test
    void repeatsItsLastResponseForACopyOfTheRequest() {
        assertThat(udp.step(udp.start(START).next(), COPY).acts()).isEmpty();
        assertThat(udp.step(after(udp, 180), COPY).acts()).containsExactly(Act.SEND);
        assertThat(udp.step(after(udp, 486), COPY).acts()).containsExactly(Act.SEND);
    }

    @Test
    void repeatsAFailureAtGapsUpToT2UntilTimerH() {
        assertThat(silence(udp, after(udp, 486)))
                .startsWith("1500 SEND", "2500 SEND", "4500 SEND", "8500 SEND", "12500 SEND")
                .endsWith("33000 TIMED_OUT", "33000 over");
        assertThat(silence(tcp, after(tcp, 486))).containsExactly("33000 TIMED_OUT", "33000 over");
    }

    @Test
    void isQuietAfterTheAckOfAFailureAndEndsAfterT4() {
        var step = udp.step(after(udp, 486), ACK);
        assertThat(step.acts()).isEmpty();
        assertThat(udp.step(step.next(), COPY).acts()).isEmpty();
        assertThat(silence(udp, step.next())).containsExactly("7000 over");
        assertThat(silence(tcp, tcp.step(after(tcp, 486), ACK).next()))
                .containsExactly("2000 over");
    }

    @Test
    void absorbsCopiesOfAnAcceptedInviteAndHandsOnItsAck() {
        assertThat(udp.step(after(udp, 200), COPY).acts()).isEmpty();
        assertThat(udp.step(after(udp, 200), ACK).acts()).containsExactly(Act.PASS_UP);
        assertThat(udp.step(after(udp, 200), reply(200)).acts()).containsExactly(Act.SEND);
        assertThat(udp.step(after(udp, 200), reply(486)).acts()).isEmpty();
        assertThat(silence(udp, after(udp, 200))).containsExactly("33000 over");
    }
}
