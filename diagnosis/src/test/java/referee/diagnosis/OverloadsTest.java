// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadsTest {
    private static final String REFUSED =
            """
            actor pbx 192.0.2.10
            actor trunk 203.0.113.5
            actor spare 203.0.113.6
            0.0 pbx -> trunk INVITE call=one
            0.1 trunk -> pbx 503 INVITE call=one
                Retry-After: 30
            0.2 pbx -> trunk ACK call=one
            """;

    @Test
    void tellsTheRefusedStoryWhatCameTooEarlyUnderAnotherCallId() throws IOException {
        var early = early(REFUSED + "9 pbx -> trunk INVITE call=two\n99 end\n");

        assertThat(early).isEqualTo(1);
    }

    @Test
    void passesOverWhatIsLateElsewhereOrARetransmission() throws IOException {
        assertThat(early(REFUSED + "31 pbx -> trunk INVITE call=two\n99 end\n")).isZero();
        assertThat(early(REFUSED + "9 pbx -> spare INVITE call=two\n99 end\n")).isZero();
        assertThat(early(REFUSED + "0.5 pbx -> trunk INVITE call=one again\n99 end\n")).isZero();
    }

    @Test
    void passesOverWhatBelongsToAStandingCall() throws IOException {
        assertThat(early(REFUSED + "9 pbx -> trunk BYE call=two to-tag=x cseq=7\n99 end\n"))
                .isZero();
    }

    private static int early(String trace) throws IOException {
        return Traced.verdicts(trace).stream()
                .map(Verdict::story)
                .map(Story::overloads)
                .flatMap(List::stream)
                .mapToInt(overload -> overload.early().size())
                .sum();
    }
}
