// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final String TWO_CALLS =
            """
            0.0 a -> b INVITE call=one
            0.1 c -> d INVITE call=two
            0.2 b -> a 486 INVITE call=one
            0.3 a -> b ACK call=one
            0.4 d -> c 200 INVITE call=two
            0.5 c -> d ACK call=two
            9.0 c -> d BYE call=two
            9.1 d -> c 200 BYE call=two
            99 end
            """;

    @Test
    void keepsAStoryForEachCallId() throws IOException {
        assertThat(Traced.verdicts(TWO_CALLS))
                .extracting(Verdict::outcome)
                .containsExactlyInAnyOrder(Outcome.FAILED, Outcome.SUCCEEDED);
    }

    @Test
    void settlesAStoryOnceItHasBeenQuietForLongEnough() throws IOException {
        var verdicts = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(List.of(), Timers.DEFAULT, Limits.DEFAULT, 1, verdicts::add);
        for (var sighting : Traced.sightings(TWO_CALLS)) diagnosis.saw(sighting);
        var last = Traced.sightings(TWO_CALLS).getLast().at();

        diagnosis.advanceTo(last.plus(Limits.DEFAULT.quiet()).minusSeconds(2));
        var before = verdicts.size();
        diagnosis.advanceTo(last.plus(Limits.DEFAULT.quiet()).plusSeconds(2));

        assertThat(before).isEqualTo(1);
        assertThat(verdicts).hasSize(2);
    }

    @Test
    void waitsForTheByeOfAStandingCall() throws IOException {
        var verdicts =
                Traced.verdicts(
                        """
                        0 a -> b INVITE
                        1 b -> a 200 INVITE
                        1 a -> b ACK
                        900 c -> d OPTIONS call=other
                        1800 a -> b BYE
                        1800.1 b -> a 200 BYE
                        1900 end
                        """);

        assertThat(verdicts).hasSize(2);
        assertThat(verdicts)
                .anySatisfy(verdict -> assertThat(verdict.story().messages()).isEqualTo(5));
    }

    @Test
    void letsTheLongestQuietStoryGoWhenThereAreTooMany() throws IOException {
        var limits =
                new Limits(
                        1,
                        1 << 20,
                        2_000,
                        10,
                        Duration.ofSeconds(75),
                        Duration.ofHours(1),
                        Duration.ofHours(1));

        assertThat(Traced.verdicts(TWO_CALLS, limits)).hasSizeGreaterThan(2);
    }

    @Test
    void startsAnotherStoryWhenOneHoldsTooManyMessages() throws IOException {
        var limits =
                new Limits(
                        100,
                        1 << 20,
                        3,
                        10,
                        Duration.ofSeconds(75),
                        Duration.ofHours(1),
                        Duration.ofHours(1));

        assertThat(Traced.verdicts(TWO_CALLS, limits))
                .allSatisfy(
                        verdict -> assertThat(verdict.story().messages()).isLessThanOrEqualTo(3));
    }

    @Test
    void joinsACallAndTheOneThatReplacesItIntoOneCase() throws IOException {
        var verdicts =
                Traced.verdicts(
                        """
                        0.0 a -> b INVITE call=one
                        0.1 b -> a 200 INVITE call=one
                        0.2 a -> b ACK call=one
                        5.0 c -> b INVITE call=two
                            Replaces: one@192.0.2.1;to-tag=x;from-tag=y
                        5.1 b -> c 200 INVITE call=two
                        5.2 c -> b ACK call=two
                        """);
        var one = verdicts.getFirst().story().callId();

        assertThat(one).isEqualTo("one@192.0.2.1");
        assertThat(verdicts).extracting(Verdict::caseId).containsExactly(one, one);
    }

    @Test
    void saysThatACaptureOfOneDirectionIsOne() throws IOException {
        var story =
                Traced.story(
                        """
                        0 a -> b INVITE
                        1 b -> a 200 INVITE
                        """);
        var half = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(List.of(), Timers.DEFAULT, Limits.DEFAULT, 1, half::add);
        Traced.sightings("0 a -> b INVITE\n1 b -> a 200 INVITE\n1.1 a -> b ACK\n").stream()
                .filter(sighting -> sighting.message().isRequest())
                .forEach(diagnosis::saw);
        diagnosis.finish(story.last());

        assertThat(story.isOneSided()).isFalse();
        assertThat(half.getFirst().story().isOneSided()).isTrue();
    }

    @Test
    void takesNothingForMissingWhenTheClockJumps() throws IOException {
        var seen = Traced.sightings("0 a -> b INVITE\n200000 c -> d OPTIONS call=later\n");
        var verdicts = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(List.of(), Timers.DEFAULT, Limits.DEFAULT, 1, verdicts::add);
        seen.forEach(diagnosis::saw);
        diagnosis.finish(seen.getLast().at());

        assertThat(diagnosis.jumps()).hasSize(1);
        assertThat(verdicts.getFirst().outcome()).isEqualTo(Outcome.PENDING);
    }

    @Test
    void givesTheSameVerdictsHoweverCallsAreInterleaved() throws IOException {
        var seen = Traced.sightings(TWO_CALLS);
        var shuffled = new ArrayList<>(seen);
        shuffled.sort(
                java.util.Comparator.comparing(
                        sighting -> sighting.message().raw("Call-ID").orElseThrow().text()));

        assertThat(judged(shuffled)).isEqualTo(judged(seen));
    }

    private static List<String> judged(List<referee.evidence.Sighting> sightings) {
        var verdicts = new ArrayList<String>();
        var diagnosis =
                new Diagnosis(
                        List.of(),
                        Timers.DEFAULT,
                        Limits.DEFAULT,
                        1,
                        verdict ->
                                verdicts.add(verdict.story().callId() + " " + verdict.outcome()));
        sightings.forEach(diagnosis::saw);
        diagnosis.finish(sightings.getFirst().at().plusSeconds(99));
        verdicts.sort(null);
        return verdicts;
    }

    @Test
    void keepsNoMoreOctetsThanItMay() throws IOException {
        var verdicts = Traced.verdicts(TWO_CALLS, Limits.DEFAULT.withOpenOctets(4_000));

        assertThat(verdicts).hasSizeGreaterThan(2);
        assertThat(verdicts)
                .allSatisfy(verdict -> assertThat(verdict.story().octets()).isLessThan(8_000));
    }
}
