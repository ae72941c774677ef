// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import referee.reference.Comparison.Difference;

/// Every two codes, compared: whole sentences that contradict neither each other nor the data.
class ComparisonTest {
    private static final List<CodePage> PAGES = Codes.all().stream().map(Code::page).toList();

    /// What a template leaves behind when a part of it is empty or stands twice.
    private static final Pattern SLIP =
            Pattern.compile(
                    "  |\\.\\.|,,|;;| [,;.:!?]|\\(\\)|\\[\\]|\\{|\\}|%[sd]|null|Optional|\\b(\\w+) \\1\\b|\\ba [aeio]|\\ban [b-df-hj-np-tv-z]|: \\.|: ;");

    @Test
    void comparesAllPairs() {
        var pairs = new ArrayList<String>();
        everyPair((left, right) -> pairs.add(left.code().number() + " " + right.code().number()));
        assertThat(pairs).hasSize(88 * 87 / 2);
    }

    @Test
    void everySentenceIsWhole() {
        everyPair((left, right) -> {
            var comparison = Comparison.of(left, right);
            for (var sentence : sentences(comparison)) {
                assertThat(sentence)
                        .as("%s", name(comparison))
                        .matches("[A-Z0-9].*[.]")
                        .doesNotContainPattern(SLIP);
            }
        });
    }

    @Test
    void everySectionSaysSomethingOfBoth() {
        everyPair((left, right) -> {
            var page = Sections.of(ComparisonPage.of(Comparison.of(left, right)));
            for (var heading :
                    List.of(
                            "What each means",
                            "Key differences",
                            "When you see which",
                            "When to answer with which",
                            "How to fix")) {
                assertThat(page.get(heading))
                        .as("%s: %s", page.title(), heading)
                        .contains("" + left.code().number())
                        .contains("" + right.code().number());
            }
        });
    }

    @Test
    void everyTwoCodesDifferInSomething() {
        everyPair((left, right) -> {
            var comparison = Comparison.of(left, right);
            assertThat(comparison.differences()).as(name(comparison)).isNotEmpty();
        });
    }

    /// A fact in which two codes differ is none that they share, and the other way round.
    @Test
    void noFactIsBothSharedAndDifferent() {
        everyPair((left, right) -> {
            var comparison = Comparison.of(left, right);
            var about = comparison.differences().stream().map(Difference::about).toList();
            assertThat(about).as(name(comparison)).doesNotHaveDuplicates();
            for (var one : comparison.differences())
                assertThat(one.left()).as(name(comparison)).isNotEqualTo(one.right());
            var shared = String.join("\n", comparison.shared());
            assertThat(
                            about.contains("Class")
                                    && shared.contains(
                                            "Both are " + left.code().codeClass().plural()))
                    .isFalse();
            assertThat(about.contains("Final or not")).isEqualTo(isFinal(left) != isFinal(right));
            assertThat(shared.contains("Both are final."))
                    .isEqualTo(isFinal(left) && isFinal(right));
            assertThat(about.contains("Inside a dialog"))
                    .isEqualTo(left.code().effect() != right.code().effect());
            assertThat(about.contains("May you retry"))
                    .isEqualTo(left.code().retry() != right.code().retry());
            assertThat(about.contains("What must come with it"))
                    .isEqualTo(!words(left).equals(words(right)));
            assertThat(about.contains("To NOTIFY or a refreshing SUBSCRIBE"))
                    .isEqualTo(left.code().endsSubscription() != right.code().endsSubscription());
        });
    }

    @Test
    void theOrderChangesNoFact() {
        everyPair((left, right) -> {
            var one = Comparison.of(left, right);
            var other = Comparison.of(right, left);
            assertThat(turned(one.differences())).isEqualTo(Set.copyOf(other.differences()));
            assertThat(one.shared()).hasSameSizeAs(other.shared());
        });
    }

    /// A paragraph on a pair speaks of both, and its first sentence stands alone.
    @Test
    void everyParagraphIsOfItsPair() {
        everyPair((left, right) -> {
            var words = Pairs.of(left.code(), right.code());
            if (words.isEmpty()) return;
            var first = Words.firstSentence(words.get());
            var both = first.startsWith("Both ") || first.contains(" both ");
            var named =
                    first.contains("" + left.code().number())
                            && first.contains("" + right.code().number());
            assertThat(both || named).as(first).isTrue();
            assertThat(first).endsWith(".");
            assertThat(words.get()).endsWith(".").doesNotContainPattern(SLIP);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "480,600", "401,407", "401,403", "403,603", "404,480", "404,410", "480,410", "408,504",
        "480,486", "486,600", "486,603", "481,482", "484,404", "488,606", "500,503", "202,200",
        "180,183", "301,302", "420,421", "422,423", "607,608", "607,603", "608,603", "202,401"
    })
    void thePairsThatPeopleConfuseHaveAParagraph(int one, int other) {
        var words = Pairs.of(Codes.of(one).orElseThrow(), Codes.of(other).orElseThrow());
        assertThat(words).isPresent();
        assertThat(Comparison.of("" + other, "" + one).orElseThrow().lead())
                .isEqualTo(words.orElseThrow());
    }

    @Test
    void everyCodeIsConfusedWithAnother() {
        assertThat(Codes.all()).allMatch(code -> !Pairs.with(code).isEmpty());
    }

    @Test
    void aCodeWithItselfHasNothingToTellApart() {
        var comparison = Comparison.of("401", "401 Unauthorized").orElseThrow();

        assertThat(comparison.isOfOne()).isTrue();
        assertThat(comparison.differences()).isEmpty();
        assertThat(ComparisonPage.of(comparison))
                .contains("nothing to tell apart")
                .contains("407 Proxy Authentication Required");
    }

    @Test
    void anUnknownCodeIsComparedAsWhatItIsTreatedAs() {
        var comparison = Comparison.of("499", "SIP/2.0 401").orElseThrow();

        assertThat(comparison.left().number()).isEqualTo(400);
        assertThat(comparison.notes())
                .hasSize(1)
                .first()
                .asString()
                .contains("499", "400 Bad Request");
    }

    @Test
    void aClassIsComparedByItsGeneralCode() {
        var comparison = Comparison.of("4xx", "5XX").orElseThrow();

        assertThat(comparison.left().number()).isEqualTo(400);
        assertThat(comparison.right().number()).isEqualTo(500);
        assertThat(comparison.notes()).hasSize(2);
        assertThat(Comparison.of("4xx", "4xx").orElseThrow().notes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401,foo", "700,401", "99,401", "'',401", "4x,401", "7xx,401"})
    void whatIsNoCodeIsNotCompared(String one, String other) {
        assertThat(Comparison.of(one, other)).isEmpty();
    }

    private static void everyPair(BiConsumer<CodePage, CodePage> check) {
        for (var i = 0; i < PAGES.size(); i++) {
            for (var j = i + 1; j < PAGES.size(); j++) check.accept(PAGES.get(i), PAGES.get(j));
        }
    }

    private static List<String> sentences(Comparison comparison) {
        var sentences = new ArrayList<>(comparison.shared());
        sentences.add(comparison.lead());
        ComparisonPage.of(comparison)
                .lines()
                .filter(line -> line.startsWith("- **") && line.contains("**: "))
                .map(line -> line.substring(line.indexOf("**: ") + 4))
                .forEach(sentences::add);
        return sentences;
    }

    private static Set<Difference> turned(List<Difference> differences) {
        var turned = new HashSet<Difference>();
        for (var one : differences)
            turned.add(new Difference(one.about(), one.right(), one.left()));
        return turned;
    }

    private static List<String> words(CodePage page) {
        return page.code().must().stream().map(HeaderNeed::words).toList();
    }

    private static boolean isFinal(CodePage page) {
        return page.code().codeClass().isFinal();
    }

    private static String name(Comparison comparison) {
        return comparison.left().number() + " and " + comparison.right().number();
    }
}
