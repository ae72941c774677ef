// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonInviteClientTest {
    private static final Instant START = Instant.EPOCH;
    private final NonInviteClient udp = new NonInviteClient(Timers.DEFAULT, false);
    private final NonInviteClient tcp = new NonInviteClient(Timers.DEFAULT, true);

    private static ClientInput.Response response(int code, long second) {
        return new ClientInput.Response(code, START.plusSeconds(second));
    }

    private static List<String> silence(NonInviteClient table, NonInviteClient.State state) {
        return Silence.after(table, state, ClientInput.Tick::new);
    }

    @Test
    void resendsAtGapsThatDoubleUpToT2ThenGivesUp() {
        assertThat(silence(udp, udp.start(START).next()))
                .containsExactly(
                        "500 SEND",
                        "1500 SEND",
                        "3500 SEND",
                        "7500 SEND",
                        "11500 SEND",
                        "15500 SEND",
                        "19500 SEND",
                        "23500 SEND",
                        "27500 SEND",
                        "31500 SEND",
                        "32000 TIMED_OUT",
                        "32000 over");
    }

    @Test
    void goesOnEveryT2AfterAProvisionalResponse() {
        var step = udp.step(udp.start(START).next(), response(100, 0));
        assertThat(step.acts()).containsExactly(Act.PASS_UP);
        assertThat(silence(udp, step.next()))
                .startsWith("500 SEND", "4500 SEND", "8500 SEND")
                .endsWith("32000 TIMED_OUT", "32000 over");
    }

    @Test
    void absorbsCopiesOfTheFinalResponseForT4() {
        var step = udp.step(udp.start(START).next(), response(200, 1));
        assertThat(step.acts()).containsExactly(Act.PASS_UP);
        assertThat(udp.step(step.next(), response(200, 2)).acts()).isEmpty();
        assertThat(silence(udp, step.next())).containsExactly("6000 over");
        var over = tcp.step(tcp.start(START).next(), response(200, 1));
        assertThat(silence(tcp, over.next())).containsExactly("1000 over");
    }

    @Test
    void resendsNothingOverAConnection() {
        assertThat(silence(tcp, tcp.start(START).next()))
                .containsExactly("32000 TIMED_OUT", "32000 over");
    }

    @Test
    void endsWhenItCannotBeSent() {
        assertThat(udp.step(udp.start(START).next(), new ClientInput.SendFailed(START)).acts())
                .containsExactly(Act.UNREACHABLE);
    }
}
