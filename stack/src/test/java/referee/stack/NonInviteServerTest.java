// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonInviteServerTest {
    private static final Instant START = Instant.EPOCH;
    private static final ServerInput.Request COPY = new ServerInput.Request(START);
    private final NonInviteServer udp = new NonInviteServer(Timers.DEFAULT, false);
    private final NonInviteServer tcp = new NonInviteServer(Timers.DEFAULT, true);

    private static List<String> silence(NonInviteServer table, NonInviteServer.State state) {
        return Silence.after(table, state, ServerInput.Tick::new);
    }

    private static Step<NonInviteServer.State> reply(NonInviteServer table, int code, long second) {
        return table.step(
                table.start(START).next(), new ServerInput.Reply(code, START.plusSeconds(second)));
    }

    @Test
    void saysTryingNoSoonerThanTheClientsTimerEReachesT2AndNothingAfterItHasGivenUp() {
        assertThat(silence(udp, udp.start(START).next()))
                .containsExactly("3500 TRYING", "32000 over");
    }

    @Test
    void sendsNoOtherProvisionalResponseAndNo408() {
        assertThat(reply(udp, 183, 1).acts()).isEmpty();
        assertThat(reply(udp, 408, 1).acts()).isEmpty();
        assertThat(udp.isOver(reply(udp, 408, 1).next())).isTrue();
        assertThat(reply(udp, 200, 33).acts()).isEmpty();
    }

    @Test
    void repeatsItsFinalResponseForCopiesUntilTimerJ() {
        assertThat(udp.step(udp.start(START).next(), COPY).acts()).isEmpty();
        var step = reply(udp, 200, 1);
        assertThat(step.acts()).containsExactly(Act.SEND);
        assertThat(udp.step(step.next(), COPY).acts()).containsExactly(Act.SEND);
        assertThat(silence(udp, step.next())).containsExactly("33000 over");
        assertThat(silence(tcp, reply(tcp, 200, 1).next())).containsExactly("1000 over");
    }
}
