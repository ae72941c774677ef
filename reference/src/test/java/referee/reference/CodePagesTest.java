// SPDX-License-Identifier: Apache-2.0
package referee.reference;

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

/// Every code has a page, and the facts on it are those of the data. With `-Dreferee.bless=true`
/// the facts are written instead.
class CodePagesTest {
    private static final Path PAGES = Path.of("src/main/java/referee/reference/codes");
    private static final boolean BLESS = Boolean.getBoolean("referee.bless");

    @TestFactory
    Stream<DynamicTest> theFactsOfEveryPageAreThoseOfTheData() {
        return Codes.all().stream().map(code -> dynamicTest(code.title(), () -> facts(code)));
    }

    @TestFactory
    Stream<DynamicTest> everyPageHasItsHeadingsAndWords() {
        return Codes.all().stream().map(code -> dynamicTest(code.title(), () -> form(code)));
    }

    @Test
    void everyPageIsOfACodeAndEveryCodeHasAPage() throws IOException {
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Codes.all().stream().map(code -> "" + code.number()).toList());
        }
    }

    private static void facts(Code code) throws IOException {
        var file = PAGES.resolve(code.number() + ".md");
        var text = Files.readString(file);
        var facts = Facts.of(code);
        var written = withFacts(text, facts);
        if (BLESS) Files.writeString(file, written);
        else assertThat(text).as(file.toString()).isEqualTo(written);
    }

    private static void form(Code code) {
        if (BLESS) return;
        var page = code.page();
        assertThat(page.sections().title()).isEqualTo(code.title());
        assertThat(List.copyOf(page.sections().text().keySet())).isEqualTo(CodePage.HEADINGS);
        assertThat(page.summary()).isNotBlank().endsWith(".").doesNotContain("\n");
        assertThat(page.summary().length()).isLessThanOrEqualTo(160);
        assertThat(page.sections().get("Meaning").strip()).endsWith(".");
        assertThat(page.seen()).isNotEmpty().allMatch(one -> !one.endsWith("."));
        assertThat(page.answering()).startsWith("Answer " + code.number() + " when ").endsWith(".");
        assertThat(page.fixes())
                .isNotEmpty()
                .allMatch(one -> one.startsWith("**") && one.matches(".*[.?]"));
        assertThat(page.retrying()).endsWith(".");
        assertThat(page.sources()).isNotEmpty();
        if (code.standing().isRegistered())
            assertThat(page.sources()).anyMatch(one -> one.startsWith("RFC "));
        for (var heading : CodePage.HEADINGS)
            assertThat(page.sections().get(heading)).as(heading).isNotBlank();
    }

    /// The page with the list at the head of each section of facts replaced.
    private static String withFacts(String text, java.util.Map<String, List<String>> facts) {
        var out = new ArrayList<String>();
        var skipping = false;
        for (var line : text.lines().toList()) {
            if (skipping && (line.isEmpty() || line.startsWith("- "))) continue;
            if (skipping) out.add("");
            skipping = false;
            out.add(line);
            var heading = line.startsWith("## ") ? line.substring(3) : "";
            if (facts.containsKey(heading)) {
                out.add("");
                facts.get(heading).forEach(fact -> out.add("- " + fact));
                skipping = true;
            }
        }
        return String.join("\n", out) + "\n";
    }
}
