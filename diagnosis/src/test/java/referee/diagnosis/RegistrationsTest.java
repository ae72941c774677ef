// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final String REFRESHED =
            """
            actor phone 192.0.2.10
            actor registrar 192.0.2.1
              0.0 phone -> registrar REGISTER call=reg
              0.1 registrar -> phone 401 REGISTER call=reg
              0.2 phone -> registrar REGISTER call=reg auth
              0.7 phone -> registrar REGISTER call=reg auth again
              0.8 registrar -> phone 200 REGISTER call=reg
            """;

    private static final String LATER =
            """
            1800.0 phone -> registrar REGISTER call=reg
            1800.1 registrar -> phone 200 REGISTER call=reg
            1900 end
            """;

    @Test
    void tellsALaterRegistrationWhichOneWasAcceptedBeforeIt() throws IOException {
        var before = last(REFRESHED + LATER).before().orElseThrow();

        assertThat(before.cseq()).isEqualTo(2);
        assertThat(before.isSuccess()).isTrue();
        assertThat(before.message()).isPresent();
    }

    @Test
    void keepsNoRetransmissions() throws IOException {
        assertThat(last(REFRESHED + LATER).before().orElseThrow().sightings()).hasSize(2);
    }

    @Test
    void tellsNothingOfARefusal() throws IOException {
        var refused = REFRESHED.replace("0.8 registrar -> phone 200", "0.8 registrar -> phone 403");

        assertThat(last(refused + LATER).before()).isEqualTo(Optional.empty());
    }

    /// Each pads its request to some 60 000 octets.
    @Test
    void forgetsTheOldestPastWhatItMayKeep() throws IOException {
        var many = new StringBuilder(REFRESHED);
        for (var i = 1; i <= 300; i++) {
            many.append("%d phone -> registrar REGISTER call=%d\n".formatted(i, i));
            many.append("    Subject: %s\n".formatted("x".repeat(60_000)));
            many.append("%d.1 registrar -> phone 200 REGISTER call=%d\n".formatted(i, i));
        }

        assertThat(last(many + LATER).before()).isEmpty();
        assertThat(last(many + LATER.replace("call=reg", "call=300")).before()).isPresent();
    }

    private static Story last(String trace) throws IOException {
        return Traced.verdicts(trace).getLast().story();
    }
}
