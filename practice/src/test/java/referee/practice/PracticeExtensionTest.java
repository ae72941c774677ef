// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import referee.agent.Agent;
import referee.agent.Application;
import referee.agent.Wiring;
import referee.sip.DigestAccount;
import referee.sip.Transport;
import referee.stack.Accounts;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Output;
import referee.stack.Registering;
import referee.stack.Setup;
import referee.stack.UserAgent;

/// The extension as somebody else's test would use it.
class PracticeExtensionTest {
    @RegisterExtension final PracticeExtension practice = PracticeExtension.practice();

    @RegisterExtension
    final PracticeExtension broken =
            PracticeExtension.practice().withFault("challenge-header-missing");

    /// Keeps what is told.
    private static final class Heard implements Application {
        private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

        @Override
        public List<Output> on(UserAgent agent, Instant at, Event event) {
            if (event instanceof Event.Registered || event instanceof Event.Failed)
                events.add(event);
            return List.of();
        }
    }

    @Test
    void registersWhoKnowsThePassword() throws Exception {
        assertThat(outcome(practice)).isInstanceOf(Event.Registered.class);
    }

    @Test
    void commitsTheFaultThatItIsToldTo() throws Exception {
        assertThat(outcome(broken))
                .isInstanceOfSatisfying(
                        Event.Failed.class,
                        failed -> assertThat(failed.why()).isNotInstanceOf(Failure.TimedOut.class));
    }

    private static Event outcome(PracticeExtension server)
            throws IOException, InterruptedException {
        var heard = new Heard();
        var account = server.credentials();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var phone =
                Agent.on(Wiring.none().listen(Transport.UDP, here))
                        .setup(locals ->
                                Setup.of(locals)
                                        .user(server.uri(account.user()))
                                        .accounts(
                                                Accounts.everywhere(
                                                        DigestAccount.of(
                                                                account.user(),
                                                                account.password()))))
                        .application(heard)
                        .start()) {
            var what =
                    Registering.of(server.uri(), server.uri(account.user()), Duration.ofMinutes(5));
            var _ = phone.begin((agent, at) -> agent.register(at, what));
            var event = heard.events.poll(20, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }
    }
}
