// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.cli.Session.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnoseTest {
    @ParameterizedTest
    @CsvSource({
        "transfer-healthy.pcap, 0, Nothing found",
        "transfer-without-notify.pcap, 1, refer-no-notify",
        "transfer-target-busy.pcap, 0, human-outcome-not-a-fault",
        "trunk-wrong-password.pcap, 1, credentials-rejected",
        "stale-loop.pcap, 1, stale-loop",
        "ack-lost.pcap, 1, ack-lost"
    })
    void rulesOnEachSample(String name, int code, String says) {
        var session = Session.run("diagnose", sample(name));

        assertThat(session.code()).isEqualTo(code);
        assertThat(session.out()).contains(says);
        assertThat(session.err()).isEmpty();
    }

    @Test
    void namesWhoseMoveItIsAndTheFixWithTheValuesOfThisCase() {
        assertThat(Session.run("diagnose", sample("transfer-without-notify.pcap")).out())
                .contains("Whose move  transferee 192.0.2.20:5060, or network")
                .contains("carol@192.0.2.30")
                .contains("frames 6, 7");
    }

    @Test
    void readsWhatIsEncryptedWithTheKeysAndSaysSoWithout() {
        var tls = Path.of("../evidence/src/test/resources/referee/evidence/tls");
        var file = tls.resolve("suites.pcapng").toString();
        var keys = tls.resolve("suites.keys").toString();

        assertThat(Session.run("diagnose", file).out().replaceAll("\\s+", " "))
                .contains("SIP over TLS, not decryptable without keys: 22 connections")
                .contains("--keylog FILE")
                .doesNotContain("No SIP was found");
        assertThat(Session.run("diagnose", "--keylog", keys, file).out())
                .contains("46 SIP messages")
                .contains("22 succeeded")
                .doesNotContain("SIP over TLS");
        assertThat(Session.run("show", "--keylog", keys, file).text()).contains("resumed-by-key");
        assertThat(Session.run("ladder", "--keylog", keys, "--call", "websocket", file).out())
                .contains("OPTIONS");
        var wrong = Session.run("diagnose", "--keylog", file, file);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("holds no TLS secret").doesNotContain("Exception");
        assertThat(Session.run("diagnose", "--keylog", "none.keys", file).err())
                .contains("none.keys — there is no such file");
    }

    @Test
    void failsOnlyAtTheSeverityThatWasAskedFor() {
        var file = sample("transfer-without-notify.pcap");

        assertThat(Session.run("diagnose", "--fail-at", "critical", file).code()).isZero();
        assertThat(Session.run("diagnose", "--fail-at", "high", file).code()).isEqualTo(1);
        assertThat(
                        Session.run(
                                        "diagnose",
                                        "--fail-at",
                                        "info",
                                        sample("transfer-target-busy.pcap"))
                                .code())
                .isEqualTo(1);
    }

    @Test
    void looksOnlyForTheFaultsThatWereNamed() {
        var file = sample("trunk-wrong-password.pcap");

        assertThat(Session.run("diagnose", "--fault", "stale-loop", file).code()).isZero();
        assertThat(Session.run("diagnose", "--fault", "rejected-credentials-loop", file).out())
                .doesNotContain("credentials-rejected  (");
        assertThat(Session.run("diagnose", "--fault", "no-such-fault", file).code()).isEqualTo(2);
    }

    @Test
    void judgesOnlyTheCallThatWasNamed() {
        assertThat(Session.run("diagnose", "--call", "nobody", sample("ack-lost.pcap")).code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"no-such-file.pcap, there is no such file", "pom.xml, pom.xml"})
    void saysInOneLineWhatCannotBeRead(String name, String says) {
        var session = Session.run("diagnose", name);

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains(says);
    }

    @Test
    void refusesAnOptionItDoesNotKnow() {
        var session = Session.run("diagnose", "--no-such-option", sample("ack-lost.pcap"));

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("--no-such-option");
    }

    @Test
    void judgesTheOthersWhenOneCannotBeRead() {
        var session = Session.run("diagnose", "pom.xml", sample("stale-loop.pcap"));

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).contains("stale-loop");
        assertThat(session.err().lines()).hasSize(1);
    }

    @Test
    void readsStandardInput() throws IOException {
        var bytes = Files.readAllBytes(Path.of(sample("stale-loop.pcap")));

        assertThat(Session.run(bytes, "diagnose", "-").out()).contains("stale-loop");
    }

    @Test
    void readsEveryFileOfADirectory() {
        var session = Session.run("diagnose", Session.SAMPLES.toString());

        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out()).contains("ack-lost.pcap", "stale-loop.trace");
    }

    @Test
    void writesTheReportToAFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("report.json");
        var session =
                Session.run(
                        "diagnose",
                        "--format",
                        "json",
                        "--output",
                        file.toString(),
                        sample("ack-lost.pcap"));

        assertThat(session.out()).isEmpty();
        assertThat(Files.readString(file)).contains("\"fault\": \"ack-lost\"");
    }

    @Test
    void writesAFindingALine() {
        var lines =
                Session.run("diagnose", "--format", "ndjson", sample("trunk-wrong-password.pcap"))
                        .out()
                        .lines()
                        .toList();

        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @ParameterizedTest
    @CsvSource({"diagnose,text", "diagnose,json"})
    void printsNoSecret(String command, String format) throws IOException {
        var file = sample("trunk-wrong-password.pcap");
        var session = Session.run(command, "--format", format, file);

        assertThat(session.out()).doesNotContain(response(file));
    }

    @Test
    void showsMessagesWithoutTheirSecrets() throws IOException {
        var file = sample("trunk-wrong-password.pcap");
        var shown = Session.run("show", "--whole", file).text();

        assertThat(shown).contains("response=\"***\"").doesNotContain(response(file));
    }

    /// The digest of the first credentials in the sample.
    private static String response(String file) throws IOException {
        var text =
                new String(
                        Files.readAllBytes(Path.of(file)),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        var from = text.indexOf("response=\"") + 10;
        return text.substring(from, from + 32);
    }

    @Test
    void fillsNoPasswordAndNoControlCharacterIntoAFix() {
        var trace =
                """
                0.000 caller -> callee INVITE
                4.000 callee -> caller 200 INVITE
                    Contact: <sip:callee:hunter2@10.0.0.7:5060>;x=\u001b[31m
                4.500 callee -> caller 200 INVITE again
                5.500 callee -> caller 200 INVITE again
                7.500 callee -> caller 200 INVITE again
                60 end
                """;
        for (var format : new String[] {"text", "json", "ndjson"}) {
            var session =
                    Session.run(
                            trace.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            "diagnose",
                            "--format",
                            format,
                            "-");
            assertThat(session.out())
                    .contains("ack-lost")
                    .doesNotContain("hunter2")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void judgesTheOthersWhenOneIsMissing() {
        var session = Session.run("diagnose", "missing.pcap", sample("stale-loop.pcap"));

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).contains("stale-loop");
    }

    /// A registrar's challenge, and an answer whose digest was made with another URI than it shows.
    private static final String MISTAKEN =
            """
            actor phone 192.0.2.10
            actor registrar 192.0.2.1
            0.0 phone -> registrar REGISTER
            0.1 registrar -> phone 401 REGISTER
            0.2 phone -> registrar REGISTER
                Authorization: auto hash-uri=sip:192.0.2.1:5060
            0.3 registrar -> phone 401 REGISTER
            9 end
            """;

    @Test
    void namesTheMistakeInADigestWhoseAccountIsKnown(@TempDir Path folder) throws IOException {
        var file = write(folder, "x.trace", MISTAKEN);
        var accounts = write(folder, "accounts", "phone * secret\n");
        var session = Session.run("diagnose", "--credentials", accounts, file);

        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out())
                .contains("digest-uri-not-as-sent  (proven)")
                .contains("username=\"phone\", realm=\"192.0.2.1\"")
                .contains("response=\"***\"")
                .doesNotContain("secret");
        assertThat(Session.run("diagnose", file).out())
                .contains("credentials-rejected  (likely)")
                .doesNotContain("digest-uri-not-as-sent");
    }

    @Test
    void showsTheRightResponseOnlyWhenAskedTo(@TempDir Path folder) throws IOException {
        var file = write(folder, "x.trace", MISTAKEN);
        var accounts = write(folder, "accounts", "phone * secret\n");

        assertThat(Session.run("diagnose", "--credentials", accounts, "--show-secrets", file).out())
                .containsPattern("response=\"[0-9a-f]{32}\"");
    }

    @Test
    void saysThatThePasswordDiffers(@TempDir Path folder) throws IOException {
        var file = write(folder, "x.trace", MISTAKEN);
        var accounts = write(folder, "accounts", "# mine\nphone 192.0.2.1 other\n");

        assertThat(Session.run("diagnose", "--credentials", accounts, file).out())
                .contains("credentials-rejected  (proven)")
                .doesNotContain("other");
    }

    @Test
    void warnsOfAFileThatOthersMayReadAndOfLinesThatAreNoAccount(@TempDir Path folder)
            throws IOException {
        var accounts = write(folder, "accounts", "phone * secret\nnonsense\n");
        var path = Path.of(accounts);
        Files.setPosixFilePermissions(
                path, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        var session =
                Session.run("diagnose", "--credentials", accounts, sample("transfer-healthy.pcap"));

        assertThat(session.code()).isZero();
        assertThat(session.err().lines()).hasSize(2);
        assertThat(session.err())
                .contains("others may read", "line 2")
                .doesNotContain("secret", "nonsense");
    }

    @ParameterizedTest
    @CsvSource({"no-such-file, there is no such file", "-, not read from standard input"})
    void saysInOneLineThatCredentialsCannotBeRead(String name, String says) {
        var session =
                Session.run("diagnose", "--credentials", name, sample("transfer-healthy.pcap"));

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err().lines()).hasSize(1);
        assertThat(session.err()).contains(says);
    }

    private static String write(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }
}
