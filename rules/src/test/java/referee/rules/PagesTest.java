// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import referee.diagnosis.Rule;

/// Every page is a test: what its traces find is what it says. With `-Dreferee.bless=true` the
/// findings are written instead.
class PagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final boolean BLESS = Boolean.getBoolean("referee.bless");

    @TestFactory
    Stream<DynamicTest> everyTraceFindsWhatItsPageSays() {
        return Rules.ALL.stream().map(rule -> dynamicTest(rule.id(), () -> check(rule)));
    }

    @TestFactory
    Stream<DynamicTest> everyPageHasItsHeadingsAndProofs() {
        return Rules.ALL.stream().map(rule -> dynamicTest(rule.id(), () -> checkForm(rule)));
    }

    @Test
    void everyPageBesideARuleIsListedAndEveryRuleHasAPage() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var pages =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .map(file -> file.getFileName().toString().replace(".md", ""))
                            .sorted()
                            .toList();
            var rules =
                    Rules.ALL.stream()
                            .map(rule -> rule.getClass().getSimpleName())
                            .sorted()
                            .toList();
            assertThat(pages).isEqualTo(rules);
        }
    }

    private static void check(Rule rule) throws IOException {
        var markdown = Files.readString(file(rule));
        var actual = new ArrayList<String>();
        for (var example : Examples.of(markdown)) {
            var findings = Court.findings(example.trace(), example.credentials());
            actual.add(findings);
            if (!BLESS) {
                assertThat(findings)
                        .as("%s:%d", file(rule), example.line())
                        .isEqualTo(example.findings());
            }
        }
        if (BLESS) Files.writeString(file(rule), Examples.bless(markdown, "findings", actual));
    }

    private static void checkForm(Rule rule) throws IOException {
        var markdown = Files.readString(file(rule));
        var page = Pages.of(rule.id()).orElseThrow();
        assertThat(page.id()).isEqualTo(rule.id());
        assertThat(page.summary()).isNotBlank().endsWith(".");
        assertThat(headings(markdown)).isEqualTo(Page.HEADINGS);
        assertThat(page.references()).isNotEmpty();
        var fires =
                Examples.of(markdown).stream()
                        .filter(e -> e.heading().equals("When you see it"))
                        .toList();
        var silent =
                Examples.of(markdown).stream()
                        .filter(e -> e.heading().equals("When it is not this"))
                        .toList();
        assertThat(fires).isNotEmpty().allMatch(e -> e.findings().contains(" " + rule.id() + " "));
        assertThat(silent)
                .isNotEmpty()
                .noneMatch(e -> e.findings().contains(" " + rule.id() + " "));
        assertThat(page.section("How to fix").lines()).anyMatch(line -> line.startsWith("1. "));
        assertThat(page.section("Confirm it")).contains("`referee ");
    }

    @TestFactory
    Stream<DynamicTest> everySectionOfAProductHasItemsAndSaysWhereItWasChecked() {
        return Pages.all().stream()
                .filter(page -> page.section("How to fix").contains("### "))
                .map(page -> dynamicTest(page.id(), () -> checkProducts(page)));
    }

    private static void checkProducts(Page page) {
        var named =
                page.section("How to fix")
                        .lines()
                        .filter(line -> line.startsWith("### "))
                        .map(line -> line.substring(4))
                        .toList();
        var withItems =
                Fix.all(page.section("How to fix")).stream()
                        .map(Fix::product)
                        .filter(product -> !product.isEmpty())
                        .distinct()
                        .toList();
        assertThat(named).doesNotHaveDuplicates().isEqualTo(withItems);
        assertThat(Products.names()).containsAll(named);
        for (var product : named) {
            assertThat(page.section("Sources").lines())
                    .as(product)
                    .anyMatch(line -> line.startsWith("- " + product + ": "));
        }
    }

    private static List<String> headings(String markdown) {
        return markdown.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    private static Path file(Rule rule) {
        var type = rule.getClass();
        return SOURCES.resolve(type.getName().replace('.', '/') + ".md");
    }

    @Test
    void everyPlaceOnAPageIsFilledFromAFinding() throws IOException {
        for (var page : Pages.all()) {
            assertThat(page.text()).as(page.id()).doesNotContainPattern("\\{[a-z]+[a-zA-Z]*\\|");
        }
        assertThat(Pages.all().stream().map(Page::id).collect(joining(","))).isNotEmpty();
    }
}
