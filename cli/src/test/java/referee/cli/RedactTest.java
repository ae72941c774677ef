// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.cli.Session.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--redact`: safe to send, and still the same case.
class RedactTest {
    private static final String[] TELLING = {
        "alice", "carol", "192.0.2.10", "192.0.2.20", "192.0.2.30"
    };

    static Stream<String> samples() throws IOException {
        try (var files = Files.list(Session.SAMPLES)) {
            return files
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".pcap"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsTheSameInTheSameFrames(String file) {
        assertThat(shape(Session.run("diagnose", "--format", "csv", "--redact", file).out()))
                .isEqualTo(shape(Session.run("diagnose", "--format", "csv", file).out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "csv", "html", "sarif", "junit"})
    void tellsNothingInAnyReport(String format) {
        var out =
                Session.run(
                                "diagnose",
                                "--redact",
                                "--format",
                                format,
                                sample("transfer-without-notify.pcap"))
                        .out();

        assertThat(pages(out)).doesNotContain(TELLING).contains("refer-no-notify");
    }

    /// Without the pages of the faults, which have actors of their own.
    private static String pages(String html) {
        var pages = html.indexOf("<h2 id=\"pages\">");
        return pages < 0 || html.contains("\"version\": \"2.1.0\"")
                ? html.replaceAll("\"markdown\": .*", "")
                : html.substring(0, pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "trace", "pcap"})
    void tellsNothingInWhatIsShown(String form) {
        var octets =
                Session.run(
                                "show",
                                "--redact",
                                "--as",
                                form,
                                sample("transfer-without-notify.pcap"))
                        .octets();

        assertThat(new String(octets, StandardCharsets.ISO_8859_1)).doesNotContain(TELLING);
    }

    @Test
    void tellsNothingInALadder() {
        assertThat(Session.run("ladder", "--redact", sample("transfer-without-notify.pcap")).out())
                .contains("REFER to")
                .doesNotContain(TELLING);
    }

    @Test
    void isFoundByTheCallIdThatWasAskedFor() {
        var session =
                Session.run(
                        "diagnose",
                        "--redact",
                        "--call",
                        "1@192.0.2.10",
                        sample("transfer-without-notify.pcap"));

        assertThat(session.out()).contains("refer-no-notify").contains("Call-ID call1@");
    }

    @Test
    void exportsACaptureThatIsJudgedAlike(@TempDir Path directory) throws IOException {
        var copy = directory.resolve("copy.pcap");
        var file = sample("trunk-wrong-password.pcap");
        Session.run("show", "--redact", "--as", "pcap", "--output", copy.toString(), file);

        assertThat(shape(Session.run("diagnose", "--format", "csv", copy.toString()).out()))
                .isEqualTo(shape(Session.run("diagnose", "--format", "csv", file).out()));
    }

    /// Time, severity, certainty and fault of each finding.
    private static String shape(String csv) {
        return csv.lines()
                .skip(1)
                .map(line -> line.substring(line.indexOf(',') + 1))
                .map(line -> String.join(",", java.util.Arrays.copyOf(line.split(",", 5), 4)))
                .collect(java.util.stream.Collectors.joining("\n"));
    }
}
