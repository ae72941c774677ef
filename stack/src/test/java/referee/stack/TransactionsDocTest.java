// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `docs/transactions.md` is what the tables do. To write it anew: `-Dreferee.bless=true`.
class TransactionsDocTest {
    private static final Path PAGE = Path.of("../docs/transactions.md");
    private static final Instant SOON = Instant.EPOCH.plusSeconds(1);
    private static final Instant LATE = Instant.EPOCH.plusSeconds(100);
    private static final Instant NOW = Instant.EPOCH;

    private static final Map<String, ClientInput> CLIENT =
            inputs(
                    "1xx", new ClientInput.Response(180, NOW),
                    "2xx", new ClientInput.Response(200, NOW),
                    "3xx to 6xx", new ClientInput.Response(486, NOW),
                    "time to resend", new ClientInput.Tick(SOON),
                    "time is up", new ClientInput.Tick(LATE),
                    "cannot be sent", new ClientInput.SendFailed(NOW));

    private static final Map<String, ServerInput> SERVER =
            inputs(
                    "the request again", new ServerInput.Request(NOW),
                    "ACK", new ServerInput.Ack(NOW),
                    "1xx from the user", new ServerInput.Reply(180, NOW),
                    "2xx from the user", new ServerInput.Reply(200, NOW),
                    "408 from the user", new ServerInput.Reply(408, NOW),
                    "3xx to 6xx from the user", new ServerInput.Reply(486, NOW),
                    "time to resend", new ServerInput.Tick(SOON),
                    "time is up", new ServerInput.Tick(LATE),
                    "cannot be sent", new ServerInput.SendFailed(NOW));

    @Test
    void thePageSaysWhatTheTablesDo() throws IOException {
        var page = page();
        if (Boolean.getBoolean("referee.bless")) Files.writeString(PAGE, page);
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var text =
                new StringBuilder(
                        """
                        # Transactions

                        What each of the four transactions does, over UDP. Written from the tables themselves: a line is a state, what happens to it, what is done and the state it goes to.
                        Pairs that nothing comes of are left out. Over a connection nothing is resent, and a completed transaction ends at once.

                        `SEND`: the request, or the last response. `TRYING`: 100. `ACK`: of a final response that is no 2xx. `PASS_UP`: to the user of the transaction. `TIMED_OUT` and `UNREACHABLE`: told to it.
                        """);
        var timers = Timers.DEFAULT;
        section(
                text,
                "INVITE client (RFC 3261 §17.1.1, RFC 6026 §7.2)",
                new InviteClient(timers, false),
                List.of(
                        new InviteClient.Calling(SOON, timers.t1(), LATE),
                        new InviteClient.Proceeding(),
                        new InviteClient.Accepted(LATE),
                        new InviteClient.Completed(LATE)),
                CLIENT);
        section(
                text,
                "Non-INVITE client (RFC 3261 §17.1.2)",
                new NonInviteClient(timers, false),
                List.of(
                        new NonInviteClient.Trying(SOON, timers.t1(), LATE),
                        new NonInviteClient.Proceeding(SOON, LATE),
                        new NonInviteClient.Completed(LATE)),
                CLIENT);
        section(
                text,
                "INVITE server (RFC 3261 §17.2.1, RFC 6026 §7.1)",
                new InviteServer(timers, false),
                List.of(
                        new InviteServer.Proceeding(Optional.of(SOON)),
                        new InviteServer.Proceeding(Optional.empty()),
                        new InviteServer.Accepted(LATE),
                        new InviteServer.Completed(SOON, timers.t1(), LATE),
                        new InviteServer.Confirmed(LATE)),
                SERVER);
        section(
                text,
                "Non-INVITE server (RFC 3261 §17.2.2, RFC 4320 §4)",
                new NonInviteServer(timers, false),
                List.of(
                        new NonInviteServer.Trying(SOON, LATE),
                        new NonInviteServer.Proceeding(LATE),
                        new NonInviteServer.Completed(LATE)),
                SERVER);
        return text.toString();
    }

    private static <S, I> void section(
            StringBuilder text,
            String title,
            Table<S, I> table,
            List<S> states,
            Map<String, I> inputs) {
        text.append("\n## ").append(title).append("\n\n");
        text.append("| state | input | does | next |\n| --- | --- | --- | --- |\n");
        for (var state : states) {
            for (var input : inputs.entrySet()) {
                var step = table.step(state, input.getValue());
                if (step.acts().isEmpty() && step.next().equals(state)) continue;
                var acts = new ArrayList<String>();
                for (var act : step.acts()) acts.add("`" + act + "`");
                text.append(
                        "| %s | %s | %s | %s |%n"
                                .formatted(
                                        name(state),
                                        input.getKey(),
                                        String.join(" ", acts),
                                        name(step.next()))
                                .replace("\r", ""));
            }
        }
    }

    private static String name(Object state) {
        var name = state.getClass().getSimpleName();
        return state instanceof InviteServer.Proceeding(var trying) && trying.isPresent()
                ? name + ", nothing sent"
                : name;
    }

    @SuppressWarnings("unchecked")
    private static <I> Map<String, I> inputs(Object... pairs) {
        var all = new LinkedHashMap<String, I>();
        for (var i = 0; i < pairs.length; i += 2) all.put((String) pairs[i], (I) pairs[i + 1]);
        return all;
    }
}
