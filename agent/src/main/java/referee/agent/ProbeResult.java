// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a probe came to.
///
/// @param says one sentence, no full stop
/// @param code of the response that decided; 0 where none did
/// @param firstResponse how long after the start
/// @param answered how long after the start the deciding response came
/// @param granted for how long a registration was accepted
/// @param notes what else only a participant knows; a sentence each
public record ProbeResult(
        ProbeEnd end,
        String says,
        int code,
        Optional<Duration> firstResponse,
        Optional<Duration> answered,
        Duration took,
        Optional<Duration> granted,
        List<String> notes,
        Optional<Blame> blame) {
    public ProbeResult {
        notes = List.copyOf(notes);
    }

    /// Of a probe that no response decided.
    public static ProbeResult without(ProbeEnd end, String says, Duration took) {
        return new ProbeResult(
                end,
                says,
                0,
                Optional.empty(),
                Optional.empty(),
                took,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// The fault that an investigation found.
    ///
    /// @param fault its id
    /// @param party who has to act, by the words for roles
    /// @param certainty possible, likely or proven
    public record Blame(String fault, String party, String certainty, String says) {}
}
