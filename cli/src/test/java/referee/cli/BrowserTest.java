// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The web site as a reader has it, from files and without a server. Skipped where no Chromium is
/// installed.
class BrowserTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path directory;

    private static Path site;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        var program = Browser.installed();
        assumeTrue(program.isPresent(), "no Chromium on the PATH: the site is not opened");
        site = directory.resolve("site");
        assertThat(Session.run("site", site.toString()).code()).isZero();
        browser =
                new Browser(
                        program.orElseThrow(),
                        Files.createDirectories(directory.resolve("profile")));
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @Test
    void findsAFaultByWhatWasSeenAndShowsItsLadder() throws InterruptedException {
        browser.open(site.resolve("index.html"), "");
        browser.press("/");
        browser.type("transfer no notify");

        assertThat(browser.evaluate("document.querySelector('#hits a').textContent").asText())
                .isEqualTo("refer-no-notify");

        browser.follow("document.querySelector('#hits a').click()");

        assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
                .isEqualTo("refer-no-notify");
        assertThat(
                        browser.evaluate(
                                        "document.querySelector('svg.ladder').getBoundingClientRect().height")
                                .asDouble())
                .isGreaterThan(100);
        assertThat(
                        browser.evaluate(
                                        "[...document.querySelector('svg.ladder').querySelectorAll('text')].map(one => one.textContent).join()")
                                .asText())
                .contains("REFER")
                .contains("202 Accepted");
        assertNoComplaint();
    }

    @Test
    void opensTheComparisonOfTwoCodesThatWereTyped() throws InterruptedException {
        browser.open(site.resolve("index.html"), "");
        browser.press("/");
        browser.type("407 vs 401");
        browser.follow("document.querySelector('#hits a').click()");

        assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
                .isEqualTo("401 Unauthorized and 407 Proxy Authentication Required");
        assertNoComplaint();
    }

    @Test
    void opensTheComparisonThatWasChosen() throws InterruptedException {
        browser.open(site.resolve("compare.html"), "");
        browser.evaluate("document.forms[0].a.value = '486'; document.forms[0].b.value = '202'");
        browser.follow("document.forms[0].requestSubmit()");

        assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
                .isEqualTo("202 Accepted and 486 Busy Here");
        assertNoComplaint();
    }

    /// Nothing but a ladder is wider than a phone, and a ladder scrolls by itself.
    @Test
    void fitsAPhone() throws InterruptedException {
        browser.resize(360, 740);
        for (var page :
                List.of(
                        "index.html",
                        "compare.html",
                        "terms.html",
                        "codes/401.html",
                        "faults/refer-no-notify.html",
                        "compare/202-401.html")) {
            browser.open(site.resolve(page), "");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as(page)
                    .isLessThanOrEqualTo(360);
        }
        browser.resize(1280, 900);
        assertNoComplaint();
    }

    @Test
    void followsTheReadersChoiceOfDarkAndLight() throws InterruptedException {
        browser.prefer("dark");
        browser.open(site.resolve("codes/401.html"), "");
        var dark = browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
        browser.evaluate("document.getElementById('theme').click()");
        var light = browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
        browser.evaluate("document.getElementById('theme').click()");
        browser.prefer("light");

        assertThat(dark).isEqualTo("rgb(13, 17, 23)");
        assertThat(light).isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void opensTheMessageBehindAnArrowOfTheReport() throws IOException, InterruptedException {
        var report = directory.resolve("report.html");
        Files.writeString(
                report,
                Session.run(
                                "diagnose",
                                "--format",
                                "html",
                                Session.sample("transfer-without-notify.pcap"))
                        .out());
        browser.open(report, "");
        browser.evaluate(
                "location.hash = document.querySelectorAll('svg.ladder a')[5].getAttribute('href')");

        assertThat(
                        browser.evaluate(
                                        "document.querySelector('details.message[open] summary').textContent")
                                .asText())
                .contains("REFER");
        assertNoComplaint();
    }

    private static void assertNoComplaint() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith("file:")
                                || url.startsWith("data:")
                                || url.equals("about:blank"));
    }
}
