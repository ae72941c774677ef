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
                .isEqualTo(Committed.always(Fault.REFER_NO_NOTIFY));
        assertThat(Committed.parse("stale-loop:0.25@alice"))
                .isEqualTo(
                        new Committed(
                                Fault.STALE_LOOP, 0.25, Optional.empty(), Optional.of("alice")));
        assertThat(Committed.parse("non-invite-no-response@OPTIONS"))
                .isEqualTo(
                        new Committed(
                                Fault.NON_INVITE_NO_RESPONSE,
                                1,
                                Optional.of("OPTIONS"),
                                Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "stale-loop:2", "stale-loop:x", "stale-loop@", "A B"})
    void saysWhatIsWrongWith(String text) {
        assertThatThrownBy(() -> Committed.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
