// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Limits;
import referee.diagnosis.Timers;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.TraceReader;
import referee.evidence.Unreachable;
import referee.evidence.UnreadableEvidence;
import referee.evidence.Witness;

/// What a report says of the evidence itself.
class DoubtsTest {
    private static final String CALL =
            """
            0 a -> b INVITE
            1 b -> a 200 INVITE
            1.1 a -> b ACK
            9 a -> b BYE
            9.1 b -> a 200 BYE
            200 end
            """;

    private static List<Doubt> doubts(String trace) throws UnreadableEvidence {
        return doubts(trace, _ -> true);
    }

    /// @param captured which messages came into the capture
    private static List<Doubt> doubts(String trace, Predicate<Sighting> captured)
            throws UnreadableEvidence {
        var docket = new Docket(Docket.Detail.NONE);
        var diagnosis =
                new Diagnosis(
                        List.of(),
                        Timers.DEFAULT,
                        Limits.DEFAULT,
                        1,
                        verdict -> docket.file(verdict, List.of("call")));
        var account = TraceReader.read(trace, "call", new Only(diagnosis, captured));
        diagnosis.finish(account.to().orElseThrow());
        docket.file(account, diagnosis.jumps().stream().map(Diagnosis.Jump::gap).toList());
        return docket.doubts();
    }

    private record Only(Witness witness, Predicate<Sighting> captured) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            if (captured.test(sighting)) witness.saw(sighting);
        }

        @Override
        public void missed(Gap gap) {
            witness.missed(gap);
        }

        @Override
        public void unreachable(Unreachable error) {
            witness.unreachable(error);
        }
    }

    @Test
    void ofAWholeCaptureThereAreNone() throws UnreadableEvidence {
        assertThat(doubts(CALL)).isEmpty();
    }

    @Test
    void oneDirectionIsNamedWithItsEnds() throws UnreadableEvidence {
        assertThat(doubts(CALL, sighting -> sighting.message().isRequest()))
                .singleElement()
                .satisfies(doubt -> {
                    assertThat(doubt.kind()).isEqualTo("one-direction");
                    assertThat(doubt.says()).contains("between 192.0.2.1 and 192.0.2.2");
                });
    }

    @Test
    void aResponseWithoutItsRequestIsALoss() throws UnreadableEvidence {
        assertThat(
                        doubts(
                                CALL,
                                sighting ->
                                        !sighting.message().method().equals("BYE")
                                                || !sighting.message().isRequest()))
                .extracting(Doubt::kind)
                .containsExactly("loss");
    }

    @Test
    void aCallThatStandsAlreadyBeganBefore() throws UnreadableEvidence {
        assertThat(doubts(CALL, sighting -> sighting.number() > 3))
                .extracting(Doubt::kind)
                .containsExactly("midway");
    }

    @Test
    void anEndBeforeTheDeadlineLeavesTheAnswerOpen() throws UnreadableEvidence {
        assertThat(doubts("0 a -> b OPTIONS\n3 end\n"))
                .extracting(Doubt::kind)
                .containsExactly("ends-early");
    }

    @Test
    void aClockThatGoesBackIsTold() throws UnreadableEvidence {
        assertThat(
                        doubts(
                                "100 a -> b OPTIONS\n100.1 b -> a 200 OPTIONS\n90 a -> b OPTIONS call=2\n90.1 b -> a 200 OPTIONS call=2\n200 end\n"))
                .singleElement()
                .satisfies(doubt ->
                        assertThat(doubt.says()).contains("the clock goes back by 10.1 s"));
    }
}
