// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
    private static final String CALL =
            "0 a -> b INVITE; 0.1 b -> a 200 INVITE; 0.2 a -> b ACK; 5 a -> b REFER; ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SUCCEEDED | 0 a -> b REGISTER; 0.1 b -> a 401 REGISTER; 0.2 a -> b REGISTER; 0.3 b -> a 200 REGISTER
                    PENDING   | 0 a -> b REGISTER; 0.1 b -> a 401 REGISTER; 9 end
                    FAILED    | 0 a -> b REGISTER; 0.1 b -> a 401 REGISTER; 60 end
                    FAILED    | 0 a -> b REGISTER; 60 end
                    PENDING   | 0 a -> b REGISTER; 20 end
                    SUCCEEDED | 0 a -> b INVITE; 1 b -> a 200 INVITE; 1.1 a -> b ACK; 9 end
                    FAILED    | 0 a -> b INVITE; 1 b -> a 486 INVITE; 1.1 a -> b ACK
                    CANCELLED | 0 a -> b INVITE; 1 b -> a 180 INVITE; 2 a -> b CANCEL; 2.1 b -> a 200 CANCEL; 2.2 b -> a 487 INVITE; 2.3 a -> b ACK
                    PENDING   | 0 a -> b INVITE; 1 b -> a 180 INVITE; 60 end
                    FAILED    | 0 a -> b INVITE; 60 end
                    UNKNOWN   | 0 a -> b 302 INVITE
                    """)
    void readsTheOutcomeOffTheAnswers(Outcome outcome, String trace) throws IOException {
        assertThat(outcomeOf(trace)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SUCCEEDED | 5.1 b -> a 202 REFER; 5.2 b -> a NOTIFY sipfrag=100; 5.3 a -> b 200 NOTIFY; 7 b -> a NOTIFY sipfrag=200; 7.1 a -> b 200 NOTIFY
                    FAILED    | 5.1 b -> a 200 REFER; 7 b -> a NOTIFY sipfrag=486; 7.1 a -> b 200 NOTIFY
                    PENDING   | 5.1 b -> a 202 REFER; 20 end
                    UNKNOWN   | 5.1 b -> a 202 REFER; 90 end
                    FAILED    | 5.1 b -> a 603 REFER; 90 end
                    PENDING   | 5.1 b -> a 202 REFER; 5.2 b -> a NOTIFY sipfrag=180; 5.3 a -> b 200 NOTIFY; 30 end
                    """)
    void neverTakesThe2xxToReferForTheOutcome(Outcome outcome, String rest) throws IOException {
        assertThat(outcomeOf(CALL + rest)).isEqualTo(outcome);
    }

    private static Outcome outcomeOf(String trace) throws IOException {
        return Traced.verdicts(trace.replace("; ", "\n")).getFirst().outcome();
    }
}
