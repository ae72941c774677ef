// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.sip.DigestAlgorithm;

class TermsTest {
    /// The sizes of the registries: RFC 3261 and its extensions, and RFC 3398's table of causes.
    @Test
    void holdsTheRegistries() {
        assertThat(Terms.all().stream().collect(groupingBy(Term::kind, counting())))
                .containsEntry("method", 14L)
                .containsEntry("warning", 15L)
                .containsEntry("option tag", 36L)
                .containsEntry("subscription reason", 8L)
                .containsEntry("cause", 38L)
                .containsEntry("digest algorithm", 8L);
    }

    @Test
    void everyTermSaysWhatItIs() {
        assertThat(Terms.all())
                .allMatch(term -> term.summary().endsWith("."))
                .allMatch(term ->
                        Sections.of(term.markdown()).title().length() > term.name().length())
                .extracting(Term::title)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REFER",
                "refer",
                "warning 305",
                "Q.850 cause 17",
                "cause 17",
                "Q.850 17",
                "q850 17",
                "noresource",
                "100rel",
                "message-summary",
                "SHA-256",
                "Preemption",
                "subscription reason timeout",
                "Bearer"
            })
    void findsATermByItsName(String words) {
        assertThat(Terms.named(words)).isNotEmpty();
    }

    @Test
    void knowsTheAlgorithmsThatTheDigestKnows() {
        for (var algorithm : DigestAlgorithm.values())
            assertThat(Terms.named("digest algorithm " + algorithm.word())).hasSize(1);
    }

    /// Causes become codes that exist.
    @Test
    void everyCauseBecomesACode() {
        assertThat(
                        Terms.all().stream()
                                .filter(term -> term.kind().equals("cause"))
                                .flatMap(term -> term.facts().entrySet().stream())
                                .filter(fact -> fact.getKey().startsWith("Becomes"))
                                .map(fact -> Integer.parseInt(fact.getValue())))
                .isNotEmpty()
                .allMatch(code -> Codes.of(code).isPresent());
    }
}
