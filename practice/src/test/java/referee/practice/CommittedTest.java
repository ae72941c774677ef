// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedTest {
    @Test
    void readsHowOftenAndToWhom() {
        assertThat(Committed.parse("refer-no-notify"))
                .isEqualTo(Committed.always(fault("refer-no-notify")));
        assertThat(Committed.parse("stale-loop:0.25@alice"))
                .isEqualTo(
                        new Committed(
                                fault("stale-loop"), 0.25, Optional.empty(), Optional.of("alice")));
        assertThat(Committed.parse("non-invite-no-response@OPTIONS"))
                .isEqualTo(
                        new Committed(
                                fault("non-invite-no-response"),
                                1,
                                Optional.of("OPTIONS"),
                                Optional.empty()));
    }

    @Test
    void knowsEveryFaultByItsName() {
        for (var fault : Fault.all())
            assertThat(Committed.parse(fault.name()).fault()).isSameAs(fault);
    }

    private static Fault fault(String name) {
        return Fault.of(name).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "stale-loop:2", "stale-loop:x", "stale-loop@", "A B"})
    void saysWhatIsWrongWith(String text) {
        assertThatThrownBy(() -> Committed.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
