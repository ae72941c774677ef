// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import referee.reference.Code;
import referee.reference.CodePage;
import referee.reference.Codes;
import referee.reference.Comparison;
import referee.reference.ComparisonPage;
import referee.reference.Pairs;
import referee.reference.Topic;
import referee.rules.Page;
import referee.rules.Pages;

/// The whole reference as a static web site: no server, no request to anywhere.
public final class Site {
    private final Path directory;
    private final SiteLayout layout;
    private final PageHtml pages = new PageHtml(PageHtml.Targets.ofSite("../"), "");
    private int written;

    private Site(Path directory, String version) throws IOException {
        this.directory = directory;
        this.layout = new SiteLayout(Resources.text("site.html"), version);
    }

    /// Writes it into this directory, which is made if need be; files of the same names are
    /// replaced.
    ///
    /// @return how many files were written
    public static int write(Path directory, String version) throws IOException {
        var site = new Site(directory, version);
        site.write();
        return site.written;
    }

    private void write() throws IOException {
        for (var part : List.of("codes", "faults", "compare"))
            Files.createDirectories(directory.resolve(part));
        file("style.css", Resources.text("site.css"));
        file("search.js", Resources.text("site.js"));
        file("index.js", SiteIndex.of(Topics.all()));
        file(
                "index.html",
                layout.page(
                        "Referee: SIP answers explained",
                        "Every SIP response code and every known fault, explained.",
                        "",
                        SitePages.home()));
        file(
                "compare.html",
                layout.page(
                        "Compare two SIP response codes",
                        "Any two SIP response codes side by side.",
                        "",
                        SitePages.comparisons()));
        file(
                "terms.html",
                layout.page(
                        "SIP terms",
                        "Methods, option tags, event packages, Warning codes, Q.850 causes.",
                        "",
                        SitePages.terms()));
        var codes = Codes.all().stream().map(Code::page).toList();
        for (var code : codes) code(code);
        for (var fault : Pages.all()) fault(fault);
        for (var i = 0; i < codes.size(); i++)
            for (var j = i + 1; j < codes.size(); j++) comparison(codes.get(i), codes.get(j));
    }

    private void code(CodePage page) throws IOException {
        var code = page.code();
        var html = new StringBuilder("<article>\n").append(pages.of(page.text()));
        var others = Pairs.with(code).keySet();
        if (!others.isEmpty()) {
            html.append("<p class=\"links\">Compare with");
            for (var other : others)
                html.append(
                        " <a href=\"../%s\">%d</a>"
                                .formatted(SitePages.comparison(code, other), other.number()));
            html.append("</p>\n");
        }
        var title = "SIP " + code.title();
        file(
                SitePages.address(Topic.of(code)),
                layout.page(title, page.summary(), "../", html.append("</article>").toString()));
    }

    private void fault(Page fault) throws IOException {
        var html = "<article>\n" + pages.of(fault.text()) + "</article>";
        file(
                SitePages.address(fault.topic()),
                layout.page(fault.id(), fault.summary(), "../", html));
    }

    private void comparison(CodePage left, CodePage right) throws IOException {
        var one = left.code();
        var other = right.code();
        var comparison = Comparison.of(left, right);
        var html =
                "<article class=\"comparison\">\n"
                        + pages.of(ComparisonPage.of(comparison))
                        + "</article>";
        var title = "SIP %s and %s".formatted(one.title(), other.title());
        file(SitePages.comparison(one, other), layout.page(title, comparison.lead(), "../", html));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, UTF_8);
        written++;
    }
}
