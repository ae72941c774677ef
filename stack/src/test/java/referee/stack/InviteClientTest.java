// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InviteClientTest {
    private static final Instant START = Instant.EPOCH;
    private final InviteClient udp = new InviteClient(Timers.DEFAULT, false);
    private final InviteClient tcp = new InviteClient(Timers.DEFAULT, true);

    private static ClientInput.Response response(int code, long second) {
        return new ClientInput.Response(code, START.plusSeconds(second));
    }

    private static List<String> silence(InviteClient table, InviteClient.State state) {
        return Silence.after(table, state, ClientInput.Tick::new);
    }

    private InviteClient.State after(InviteClient table, int code) {
        return table.step(table.start(START).next(), response(code, 1)).next();
    }

    @Test
    void resendsAtDoublingGapsThenGivesUpAfter64T1() {
        assertThat(silence(udp, udp.start(START).next()))
                .containsExactly(
                        "500 SEND",
                        "1500 SEND",
                        "3500 SEND",
                        "7500 SEND",
                        "15500 SEND",
                        "31500 SEND",
                        "32000 TIMED_OUT",
                        "32000 over");
    }

    @Test
    void resendsNothingOverAConnection() {
        assertThat(silence(tcp, tcp.start(START).next()))
                .containsExactly("32000 TIMED_OUT", "32000 over");
    }

    @Test
    void waitsWithoutEndOnceAProvisionalResponseCame() {
        assertThat(silence(udp, after(udp, 180))).containsExactly("waits");
    }

    @Test
    void acknowledgesAFailureAndEachCopyOfItForTimerD() {
        var step = udp.step(udp.start(START).next(), response(486, 1));
        assertThat(step.acts()).containsExactly(Act.ACK, Act.PASS_UP);
        assertThat(udp.step(step.next(), response(486, 2)).acts()).containsExactly(Act.ACK);
        assertThat(silence(udp, step.next())).containsExactly("33000 over");
        assertThat(silence(tcp, after(tcp, 486))).containsExactly("1000 over");
    }

    @Test
    void handsOnEach2xxFor64T1AndAcknowledgesNone() {
        var step = udp.step(udp.start(START).next(), response(200, 1));
        assertThat(step.acts()).containsExactly(Act.PASS_UP);
        assertThat(udp.step(step.next(), response(200, 2)).acts()).containsExactly(Act.PASS_UP);
        assertThat(udp.step(step.next(), response(486, 2)).acts()).isEmpty();
        assertThat(silence(udp, step.next())).containsExactly("33000 over");
    }

    @Test
    void endsWhenItCannotBeSent() {
        var step = udp.step(udp.start(START).next(), new ClientInput.SendFailed(START));
        assertThat(step.acts()).containsExactly(Act.UNREACHABLE);
        assertThat(udp.isOver(step.next())).isTrue();
        assertThat(udp.step(after(udp, 486), new ClientInput.SendFailed(START)).acts())
                .containsExactly(Act.UNREACHABLE);
        assertThat(udp.step(after(udp, 200), new ClientInput.SendFailed(START)).acts()).isEmpty();
    }
}
