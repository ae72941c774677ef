// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CaseTest {
    /// Bob is told to call Carol in Alice's place; Alice had called Carol to ask.
    private static final String ATTENDED =
            """
            0.0 a -> b INVITE call=one
            0.1 b -> a 200 INVITE call=one
            0.2 a -> b ACK call=one
            5.0 a -> c INVITE call=two
            5.1 c -> a 200 INVITE call=two
            5.2 a -> c ACK call=two
            9.0 a -> b REFER call=one
                Refer-To: <sip:c@192.0.2.3?Replaces=two%40192.0.2.1%3Bto-tag%3Dc-two%3Bfrom-tag%3Da-two>
            9.1 b -> a 202 REFER call=one
            9.2 b -> c INVITE call=three
                Replaces: two@192.0.2.1;to-tag=c-two;from-tag=a-two
            9.3 c -> b 200 INVITE call=three
            9.4 b -> c ACK call=three
            9.5 b -> a NOTIFY call=one
                Subscription-State: terminated;reason=noresource
                Content-Type: message/sipfrag
                | SIP/2.0 200 OK
            9.6 a -> b 200 NOTIFY call=one
            9.7 c -> a BYE call=two
            9.8 a -> c 200 BYE call=two
            9.9 a -> b BYE call=one
            9.95 b -> a 200 BYE call=one
            600 d -> e OPTIONS call=other
            1800 b -> c BYE call=three
            1800.1 c -> b 200 BYE call=three
            2000 end
            """;

    /// A rule that keeps what it is asked about.
    private record Asked(List<Case> cases, Function<Case, List<Finding>> finds)
            implements Rule.OnCase {
        Asked() {
            this(new ArrayList<>(), _ -> List.of());
        }

        @Override
        public String id() {
            return "asked";
        }

        @Override
        public Severity severity() {
            return Severity.HIGH;
        }

        @Override
        public List<Finding> check(Case stories) {
            cases.add(stories);
            return finds.apply(stories);
        }
    }

    private static Case largest(String trace) throws IOException {
        var asked = new Asked();
        Traced.verdicts(trace, asked);
        return asked.cases().stream()
                .max((a, b) -> a.stories().size() - b.stories().size())
                .orElseThrow();
    }

    @Test
    void waitsForTheCallThatATransferCaused() throws IOException {
        var asked = new Asked();
        var verdicts = Traced.verdicts(ATTENDED, asked);

        assertThat(asked.cases()).hasSize(2);
        assertThat(asked.cases().getLast().isWhole()).isTrue();
        assertThat(asked.cases().getLast().stories())
                .extracting(Story::callId)
                .containsExactly("one@192.0.2.1", "two@192.0.2.1", "three@192.0.2.2");
        assertThat(verdicts)
                .extracting(Verdict::caseId)
                .containsExactly(
                        verdicts.getFirst().story().callId(),
                        "one@192.0.2.1",
                        "one@192.0.2.1",
                        "one@192.0.2.1");
    }

    @Test
    void asksAboutAStoryThatBelongsWithNoOther() throws IOException {
        var asked = new Asked();
        Traced.verdicts("0 a -> b OPTIONS\n0.1 b -> a 200 OPTIONS\n", asked);

        assertThat(asked.cases()).hasSize(1);
        assertThat(asked.cases().getFirst().isWhole()).isTrue();
    }

    @Test
    void followsATransferIntoTheCallItCaused() throws IOException {
        var all = largest(ATTENDED);
        var transfer = all.stories().getFirst().transfers().getFirst();

        assertThat(all.referred(transfer))
                .singleElement()
                .satisfies(referred -> {
                    assertThat(referred.leg().story().callId()).isEqualTo("three@192.0.2.2");
                    assertThat(referred.certainty()).isEqualTo(Certainty.PROVEN);
                    assertThat(referred.leg().dialogs()).hasSize(1);
                });
    }

    @Test
    void findsTheCallThatReplacesADialog() throws IOException {
        var all = largest(ATTENDED);
        var replaced = all.dialog("two@192.0.2.1", "a-two", "c-two").orElseThrow();

        assertThat(replaced.dialog().byes()).hasSize(1);
        assertThat(all.replacements(replaced))
                .extracting(leg -> leg.story().callId())
                .containsExactly("three@192.0.2.2");
        assertThat(all.dialog("two@192.0.2.1", "c-two", "other")).isEmpty();
    }

    @Test
    void filesAFindingWithTheStoryOfItsFirstProof() throws IOException {
        var rule = new Asked[1];
        rule[0] =
                new Asked(
                        new ArrayList<>(),
                        all ->
                                all.stories().stream()
                                        .filter(story -> story.callId().startsWith("two"))
                                        .flatMap(story ->
                                                all
                                                        .finding(rule[0], "it was replaced")
                                                        .blames(Role.NOBODY)
                                                        .proof(
                                                                story.transactions()
                                                                        .getLast()
                                                                        .request()
                                                                        .orElseThrow())
                                                        .proof(
                                                                all.stories()
                                                                        .getLast()
                                                                        .sightings()
                                                                        .findFirst()
                                                                        .orElseThrow())
                                                        .list()
                                                        .stream())
                                        .toList());

        assertThat(Traced.verdicts(ATTENDED, rule[0]))
                .filteredOn(verdict -> !verdict.findings().isEmpty())
                .singleElement()
                .satisfies(
                        verdict -> assertThat(verdict.story().callId()).isEqualTo("two@192.0.2.1"));
    }

    @Test
    void judgesAStoryWithoutTheRestOfItsCaseWhenItHasWaitedTooLong() throws IOException {
        var asked = new Asked();
        Traced.verdicts(ATTENDED, Limits.DEFAULT.withHeld(Duration.ofMinutes(5)), asked);

        assertThat(asked.cases())
                .filteredOn(one -> one.id().equals("one@192.0.2.1"))
                .hasSize(2)
                .noneMatch(Case::isWhole);
    }

    @Test
    void holdsNoMoreStoriesThanItMay() throws IOException {
        var limits =
                new Limits(
                        2,
                        1 << 20,
                        2_000,
                        10,
                        Duration.ofSeconds(75),
                        Duration.ofHours(1),
                        Duration.ofHours(1));

        assertThat(Traced.verdicts(ATTENDED, limits))
                .extracting(verdict -> verdict.story().messages())
                .satisfies(all -> assertThat(all.stream().mapToInt(i -> i).sum()).isEqualTo(20));
    }
}
