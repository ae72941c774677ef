// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.cli.Session.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import referee.rules.Rules;

/// The reports for other programs, and the one for a browser.
class FormatsTest {
    private static final String FAULTY = sample("transfer-without-notify.pcap");
    private static final String HEALTHY = sample("transfer-healthy.pcap");

    /// Names that would break out of each of the formats.
    private static final String HOSTILE =
            """
            actor phone 192.0.2.10
            actor registrar 192.0.2.1

            0.0 phone -> registrar REGISTER
                User-Agent: <script>alert(1)</script>
                Call-ID: =cmd|'/c calc'!A0</details><img src=x onerror=alert(1)>
            0.1 registrar -> phone 401 REGISTER
            0.2 phone -> registrar REGISTER
                Authorization: auto user="><script>alert(2)</script> password=wrong
            0.3 registrar -> phone 401 REGISTER
            5 end
            """;

    @Test
    void csvHasARowAFindingAndCellsThatNoSpreadsheetRuns() {
        var rows = Session.run("diagnose", "--format", "csv", FAULTY).out().split("\r\n", -1);

        assertThat(rows[0]).startsWith("input,at,severity,certainty,fault,responsible,says");
        assertThat(rows[1]).contains(",high,likely,refer-no-notify,transferee 192.0.2.20:5060");
        assertThat(rows).hasSize(3);
        assertThat(hostile("csv")).contains(",'=cmd|");
    }

    @Test
    void sarifNamesTheRuleItsPageAndTheFile() throws IOException {
        var log = json(Session.run("diagnose", "--format", "sarif", FAULTY).out());
        var run = log.at("/runs/0");
        var result = run.at("/results/0");

        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        assertThat(result.path("ruleId").asText()).isEqualTo("refer-no-notify");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/properties/frames")).hasToString("[6,7]");
        assertThat(
                        run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt() + "/id")
                                .asText())
                .isEqualTo("refer-no-notify");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
                .endsWith("transfer-without-notify.pcap");
    }

    @Test
    void sarifOfHealthyEvidenceHasNoResults() throws IOException {
        var log = json(Session.run("diagnose", "--format", "sarif", HEALTHY).out());

        assertThat(log.at("/runs/0/results")).isEmpty();
    }

    @Test
    void junitHasATestForEveryFaultAndFailsThoseFound() throws Exception {
        var document = xml(Session.run("diagnose", "--format", "junit", FAULTY, HEALTHY).out());
        var suites = document.getElementsByTagName("testsuite");
        var failures = document.getElementsByTagName("failure");

        assertThat(suites.getLength()).isEqualTo(2);
        assertThat(((Element) suites.item(0)).getAttribute("tests"))
                .isEqualTo("" + Rules.ALL.size());
        assertThat(((Element) suites.item(1)).getAttribute("failures")).isEqualTo("0");
        assertThat(failures.getLength()).isEqualTo(1);
        assertThat(((Element) failures.item(0).getParentNode()).getAttribute("name"))
                .isEqualTo("refer-no-notify");
    }

    @Test
    void junitTellsWhatIsBelowFailAtAndFailsNothing() throws Exception {
        var document =
                xml(
                        Session.run(
                                        "diagnose",
                                        "--format",
                                        "junit",
                                        "--fail-at",
                                        "critical",
                                        FAULTY)
                                .out());

        assertThat(document.getElementsByTagName("failure").getLength()).isZero();
        assertThat(document.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("no NOTIFY came");
    }

    @Test
    void htmlIsOneValidFileThatAsksNothingOfAnyone() throws IOException, SAXException {
        for (var html :
                List.of(
                        Session.run("diagnose", "--format", "html", FAULTY, HEALTHY).out(),
                        hostile("html"))) {
            assertThat(problems(html)).isEmpty();
            assertThat(html)
                    .doesNotContainPattern("(src|href)=\"https?:")
                    .contains("<svg class=\"ladder\"", "default-src 'none'");
        }
    }

    @Test
    void noFormatLetsTextFromTheWireOut() throws Exception {
        assertThat(hostile("html"))
                .doesNotContain("<script>alert", "<img")
                .contains("&lt;script&gt;alert(2)");
        assertThat(xml(hostile("junit")).getElementsByTagName("script").getLength()).isZero();
        assertThat(json(hostile("sarif")).at("/runs/0/results")).isNotEmpty();
    }

    @Test
    void showsStoriesAsJsonAndMessagesAsRows() throws IOException {
        var stories = json(Session.run("show", "--as", "json", FAULTY).text());
        var rows = Session.run("show", "--as", "csv", FAULTY).text().split("\r\n", -1);

        assertThat(stories.at("/0/kind").asText()).isEqualTo("transfer");
        assertThat(stories.at("/0/messages")).hasSize(9);
        assertThat(stories.at("/0/messages/6/reading").asText()).contains("not the outcome");
        assertThat(stories.at("/0/messages/0").has("lines")).isFalse();
        assertThat(
                        json(Session.run("show", "--as", "json", "--whole", FAULTY).text())
                                .at("/0/messages/0/lines/0")
                                .asText())
                .startsWith("Via:");
        assertThat(rows).hasSize(11);
        assertThat(rows[7]).contains(",SIP/2.0 202 Accepted,", "not the outcome");
    }

    private static String hostile(String format) {
        return Session.run(HOSTILE.getBytes(UTF_8), "diagnose", "--format", format, "-").out();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static Document xml(String text)
            throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    /// What is wrong with the HTML. The validator's tables of CSS are older than `color-scheme`.
    private static String problems(String html) throws IOException, SAXException {
        var validator = new EmbeddedValidator();
        validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
        validator.setNoLangDetect(true);
        return validator
                .validate(new ByteArrayInputStream(html.getBytes(UTF_8)))
                .lines()
                .filter(line -> !line.contains(": error: CSS: "))
                .collect(java.util.stream.Collectors.joining("\n"));
    }
}
