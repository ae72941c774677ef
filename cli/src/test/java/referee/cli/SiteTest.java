// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import referee.reference.Codes;
import referee.rules.Pages;

/// The web site: every page is there, valid, whole, and asks nothing of anyone.
class SiteTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

    @TempDir static Path site;

    @BeforeAll
    static void write() {
        assertThat(Session.run("site", site.toString()).code()).isZero();
    }

    @Test
    void hasAPageForEveryCodeFaultAndPair() {
        for (var code : Codes.all())
            assertThat(site.resolve("codes/" + code.number() + ".html")).exists();
        for (var fault : Pages.all())
            assertThat(site.resolve("faults/" + fault.id() + ".html")).exists();
        assertThat(site.resolve("compare").toFile().list()).hasSize(88 * 87 / 2);
    }

    @Test
    void everyPageIsValidHtml() throws IOException, SAXException {
        var validator = new EmbeddedValidator();
        validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
        validator.setNoLangDetect(true);
        for (var page : somePages()) {
            try (var in = Files.newInputStream(page)) {
                assertThat(validator.validate(in)).as(page.toString()).isEmpty();
            }
        }
    }

    @Test
    void everyLinkLeadsSomewhereInTheSite() throws IOException {
        for (var page : somePages()) {
            var links = LINK.matcher(Files.readString(page)).results().map(match -> match.group(1));
            for (var link : links.toList())
                assertThat(leadsSomewhere(page, link)).as("%s: %s", page, link).isTrue();
        }
    }

    @Test
    void everyLadderOfAPageIsDrawn() throws IOException {
        for (var fault : Pages.all()) {
            var traces = fault.text().lines().filter("```trace"::equals).count();
            var html = Files.readString(site.resolve("faults/" + fault.id() + ".html"));
            assertThat(Pattern.compile("<svg class=\"ladder\"").matcher(html).results().count())
                    .as(fault.id())
                    .isEqualTo(traces);
        }
    }

    @Test
    void theSearchIndexKnowsEveryTopicAndCannotEndItsScript() throws IOException {
        var index = Files.readString(site.resolve("index.js"));
        assertThat(index)
                .contains("refer-no-notify", "401 Unauthorized", "terms.html#option-tag-replaces");
        assertThat(index).doesNotContain("</");
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        if (link.equals("data:,")) return true;
        var hash = link.indexOf('#');
        var file = hash < 0 ? link : link.substring(0, hash);
        var target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!target.startsWith(site) || !Files.exists(target)) return false;
        return hash < 0
                || ID.matcher(Files.readString(target))
                        .results()
                        .anyMatch(match -> match.group(1).equals(link.substring(hash + 1)));
    }

    /// All pages but those of pairs; of these, a hundredth.
    private static List<Path> somePages() throws IOException {
        try (var files = Files.walk(site)) {
            var pages = files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
            return Stream.concat(
                            pages.stream().filter(page -> !page.getParent().endsWith("compare")),
                            pages.stream()
                                    .filter(page -> page.getParent().endsWith("compare"))
                                    .filter(page -> page.hashCode() % 100 == 0))
                    .toList();
        }
    }
}
