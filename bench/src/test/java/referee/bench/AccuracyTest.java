// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The scoreboard of labelled cases. With `-Dreferee.bless=true` its page is written instead.
class AccuracyTest {
    private static final Path PAGE = Path.of("../docs/accuracy.md");
    private static Scoreboard board;

    @BeforeAll
    static void judgeAll() throws IOException {
        board = Scoreboard.of(Path.of("score"));
    }

    @Test
    void noHealthyCaseRaisesAnAlarm() {
        assertThat(board.healthyAlarms()).isEmpty();
    }

    @Test
    void everyFaultHasThreeCasesAndAHundredTracesAreHealthy() {
        assertThat(board.faultsWithFewerCasesThan(3)).isEmpty();
        assertThat(board.healthyCases()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void thePageIsWhatIsTrueNow() throws IOException {
        if (Boolean.getBoolean("referee.bless")) Files.writeString(PAGE, board.page());
        assertThat(Files.readString(PAGE)).as("./referee-score writes it").isEqualTo(board.page());
    }
}
