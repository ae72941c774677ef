// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import referee.sip.Transport;

/// What a log does not say: day, year and zone, its own address, line ends, the end of a message.
class LogReaderTest {
    private static final String OK = LogSamples.ok("OPTIONS", 1, "").replace("\r", "");

    private Account account =
            new Account(
                    "",
                    "",
                    0,
                    0,
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    0,
                    java.util.Map.of());

    @Test
    void takesTheDayFromAnotherLineEvenIfItComesLater() {
        var seen =
                read(
                        recv("23:59:59.500000", OK)
                                + recv("00:00:00.250000", OK)
                                + "2022-02-03 00:00:01.0 [DEBUG] a.c:1 x\n"
                                + recv("00:00:02.000000", OK));
        assertThat(times(seen))
                .containsExactly(
                        "2022-02-02T23:59:59.500Z",
                        "2022-02-03T00:00:00.250Z",
                        "2022-02-03T00:00:02Z");
        assertThat(account.notes()).noneMatch(note -> note.contains("day"));
    }

    @Test
    void takesTheDayFromADateHeader() {
        var dated = OK.replace("CSeq", "Date: Thu, 08 Jan 2026 23:00:00 GMT\nCSeq");
        assertThat(times(read(recv("23:59:00.000000", OK) + recv("00:01:00.000000", dated))))
                .containsExactly("2026-01-08T23:59:00Z", "2026-01-09T00:01:00Z");
        assertThat(account.notes()).anyMatch(note -> note.contains("Date header"));
    }

    @Test
    void takesTheDayFromTheFileOnlyIfNothingElseTellsIt(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("a.log"), recv("10:00:00.000000", OK));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-05-02T10:00:30Z")));
        var seen = new Seen();
        var told = Evidence.read(file, seen);
        assertThat(times(seen)).containsExactly("2026-05-02T10:00:00Z");
        assertThat(told.notes()).anyMatch(note -> note.contains("when the file was written"));
    }

    @Test
    void inventsNoDay() {
        assertThat(times(read(recv("10:00:00.000000", OK))))
                .containsExactly("1972-01-01T10:00:00Z");
        assertThat(account.notes())
                .contains(
                        "The log has times of day only: the day is not known, and shown as 1972-01-01.");
        assertThat(account.notes())
                .contains("The log has no time zone: its times are read as UTC.");
    }

    @Test
    void carriesAYearThatIsNotWrittenOverNewYear() {
        var seen =
                read(
                        ios("Dec 31 23:59:59.000", OK)
                                + ios("Jan  1 00:00:01.000", OK)
                                + "2026-01-01 00:00:02.0 [DEBUG] x\n");
        assertThat(times(seen)).containsExactly("2025-12-31T23:59:59Z", "2026-01-01T00:00:01Z");
    }

    @Test
    void heedsAZoneThatIsWritten() {
        var log = "2026-01-08T20:28:01.5+02:00 " + pjsip("Received", OK) + "\n";
        assertThat(times(read(log))).containsExactly("2026-01-08T18:28:01.500Z");
        assertThat(account.notes()).noneMatch(note -> note.contains("zone"));
    }

    @Test
    void knowsOnlyTheOrderOfALogWithoutTimes() {
        assertThat(times(read(pjsip("Received", OK) + "\n" + pjsip("Received", OK))))
                .containsExactly("1972-01-01T00:00:00Z", "1972-01-01T00:00:00Z");
        assertThat(account.notes().getFirst()).contains("only the order");
    }

    @Test
    void namesThisServerWhereNoMessageTellsItsAddress() {
        var register =
                LogSamples.request("REGISTER", "192.0.2.20", 1, "")
                        .replace("sip:bob@192.0.2.10:5060 SIP", "sip:pbx.example.org SIP")
                        .replace("\r", "");
        assertThat(read(recv("10:00:00.000000", register)).messages())
                .containsExactly("1 192.0.2.20:5060 > this-server UDP call");
        assertThat(account.notes()).anyMatch(note -> note.contains("this-server"));
    }

    @Test
    void takesTheAddressOfThisServerFromWhatItSendsLater() {
        var register =
                LogSamples.request("REGISTER", "192.0.2.20", 1, "")
                        .replace("sip:bob@192.0.2.10:5060 SIP", "sip:pbx.example.org SIP")
                        .replace("\r", "");
        var options = LogSamples.request("OPTIONS", "192.0.2.10", 1, "").replace("\r", "");
        assertThat(
                        read(recv("10:00:00.000000", register) + send("10:00:01.000000", options))
                                .messages())
                .first()
                .isEqualTo("1 192.0.2.20:5060 > 192.0.2.10:5060 UDP call");
        assertThat(account.names()).containsEntry(new Endpoint("192.0.2.10", 5060), "this server");
    }

    @Test
    void findsBothEndsOfALogThatNamesNone() {
        var invite = LogSamples.request("INVITE", "192.0.2.10", 1, "").replace("\r", "");
        var ok =
                LogSamples.ok("INVITE", 1, "")
                        .replace("192.0.2.20:5060", "192.0.2.10:5060")
                        .replace("\r", "");
        var log = ios("Jan  8 10:00:00.000", "Sent:", invite) + ios("Jan  8 10:00:01.000", ok);
        assertThat(read(log).messages())
                .containsExactly(
                        "1 192.0.2.10:5060 > 192.0.2.20:5060 UDP call",
                        "2 192.0.2.20:5060 > 192.0.2.10:5060 UDP call");
    }

    @Test
    void readsTheTransportFromTheLineOrElseFromTheVia() {
        var tls = OK.replace("SIP/2.0/UDP", "SIP/2.0/TLS");
        var log =
                recv("10:00:00.000000", OK).replace("udp/", "wss/")
                        + ios("Jan  8 10:00:00.000", tls);
        assertThat(read(log).sightings)
                .extracting(Sighting::transport)
                .containsExactly(Transport.WSS, Transport.TLS);
        assertThat(account.kind()).isEqualTo("freeswitch, cisco-cube log");
    }

    @Test
    void knowsWhetherItHasEveryOctet() {
        var message = LogSamples.request("INVITE", "192.0.2.20", 1, LogSamples.SDP);
        var exact =
                read(
                        "<--- Received SIP request (%d bytes) from UDP:192.0.2.20:5060 --->\n%s\n"
                                .formatted(message.length(), message));
        assertThat(exact.sightings.getFirst().exact()).isTrue();
        var lost =
                read(
                        "<--- Received SIP request (%d bytes) from UDP:192.0.2.20:5060 --->\n%s\n"
                                .formatted(message.length(), message.replace("\r", "")));
        assertThat(lost.sightings.getFirst().exact()).isFalse();
        assertThat(lost.sightings.getFirst().message().bytes().text()).isEqualTo(message);
        assertThat(account.notes()).anyMatch(note -> note.contains("line ends"));
    }

    @Test
    void keepsABareLineFeedThatTheLengthConfirms() {
        var message = OK;
        var log =
                "<--- Received SIP response (%d bytes) from UDP:192.0.2.20:5060 --->\n%s\n"
                        .formatted(message.length(), message);
        var seen = read(log);
        assertThat(seen.sightings.getFirst().exact()).isTrue();
        assertThat(seen.sightings.getFirst().message().bytes().text()).isEqualTo(message);
    }

    @Test
    void endsABodyThatHasBareLineFeeds() {
        var body = "<a>\n<b/>\n</a>\n";
        var text =
                LogSamples.ok("OPTIONS", 1, body)
                        .replace("application/sdp", "application/xml")
                        .replace("\r", "");
        var seen = read(pjsip("Received", text) + "<b>\n");
        assertThat(seen.sightings.getFirst().message().body().text()).isEqualTo(body);
        assertThat(seen.sightings.getFirst().message().flaws()).isEmpty();
        assertThat(seen.gaps).isEmpty();
    }

    @Test
    void tellsOfABodyThatIsNotThere() {
        var text = LogSamples.request("INVITE", "192.0.2.20", 1, LogSamples.SDP).replace("\r", "");
        var cut = text.substring(0, text.indexOf("m=audio"));
        var seen = read(recv("10:00:00.000000", cut) + recv("10:00:01.000000", OK));
        assertThat(seen.calls()).containsExactly("1 call", "2 ping");
        assertThat(seen.gapLines())
                .singleElement()
                .asString()
                .startsWith("snaplen 1: the log has ")
                .endsWith(" of 111 octets of its body");
        assertThat(seen.sightings.getFirst().exact()).isFalse();
    }

    @Test
    void tellsOfAMessageWhoseHeadersAreCut() {
        var seen = read(recv("10:00:00.000000", OK.substring(0, 60)) + recv("10:00:01.000000", OK));
        assertThat(seen.calls()).containsExactly("2 ping");
        assertThat(seen.gapLines())
                .singleElement()
                .asString()
                .startsWith("snaplen 1: the log ends after");
    }

    @Test
    void passesOverKeepAlives() {
        var log =
                "<--- SIP read from UDP:192.0.2.20:5060 --->\njaK\n<------------->\n"
                        + "recv 4 bytes from udp/[192.0.2.20]:5060 at 10:00:00.000000:\n"
                        + "-".repeat(72)
                        + "\n\n\n"
                        + "-".repeat(72)
                        + "\n"
                        + recv("10:00:01.000000", OK);
        assertThat(read(log).calls()).containsExactly("1 ping");
    }

    @Test
    void readsAMessageThatNeedsTwoRecords() {
        var text = LogSamples.request("INVITE", "192.0.2.20", 1, LogSamples.SDP).replace("\r", "");
        var whole = text.replace("\n", "#012");
        for (var at = 40; at < whole.length() - 5; at += 3) {
            if (whole.substring(at - 4, at + 4).contains("#")) continue;
            var log =
                    "<133>[S=1] [SID=b9:24:1]  (N 6) ---- Incoming SIP Message from 192.0.2.20:5060 to SIPInterface #2 (Teams) UDP TO(#1) ---- #012"
                            + whole.substring(0, at)
                            + " [Time:08-01@10:00:00.000]\n<133>[S=2] [SID=b9:24:1] "
                            + whole.substring(at)
                            + "#012 [Time:08-01@10:00:00.001]\n";
            var seen = read(log);
            assertThat(seen.sightings.getFirst().message().bytes().text())
                    .isEqualTo(text.replace("\n", "\r\n"));
        }
    }

    @Test
    void readsBothFormsOfCube() {
        var log =
                "0: *Jan  8 2026 21:21:45.583: //1/1CE9/CUBE_VT/SIP/Msg/ccsipDisplayMsg:\n"
                        + "Received: SIP TCP message from 192.0.2.20:5099 to 192.0.2.45:5060 \n"
                        + OK
                        + "\n2: *Jan  8 2026 21:21:45.583: //1/1CE9/CUBE_VT/SIP/FSM: x\n";
        assertThat(read(log).messages())
                .containsExactly("1 192.0.2.20:5099 > 192.0.2.45:5060 TCP ping");
    }

    @Test
    void putsLinesOfOtherThreadsAmongTheHeadersAside() {
        var mixed = OK.replace("CSeq", "[Jan  8 20:28:01] NOTICE[77] a.c: late\nCSeq");
        var seen = read(pjsip("Received", mixed));
        assertThat(seen.sightings.getFirst().message().bytes().text())
                .isEqualTo(OK.replace("\n", "\r\n"));
        assertThat(seen.sightings.getFirst().exact()).isFalse();
    }

    @Test
    void readsSeveralFormatsInOneFile() {
        var log = new StringBuilder();
        for (var name : LogSamples.NAMES) log.append(LogSamples.of(name)).append("\n");
        var seen = read(log.toString());
        assertThat(seen.sightings).hasSize(4 * LogSamples.NAMES.size());
        assertThat(seen.gaps).isEmpty();
        assertThat(account.kind()).isEqualTo(String.join(", ", LogSamples.NAMES) + " log");
    }

    @Test
    void readsWhatNgrepBrokeWhereTheScreenEnded() {
        var message = LogSamples.request("INVITE", "192.0.2.20", 1, LogSamples.SDP);
        var screen = new StringBuilder("U 192.0.2.20:5060 -> 192.0.2.10:5060\n");
        var dots = message.replace("\r\n", "..");
        for (var at = 0; at < dots.length(); at += 74)
            screen.append("  ").append(dots, at, Math.min(dots.length(), at + 74)).append("\n");
        var seen = read(screen + "\n" + screen);
        assertThat(seen.sightings)
                .extracting(one -> one.message().bytes().text())
                .containsExactly(message, message);
    }

    @Test
    void takesARuleInABodyForNoHead() {
        var text = LogSamples.ok("OPTIONS", 1, "a\n====================\nb\n").replace("\r", "");
        var seen = read(pjsip("Received", text) + pjsip("Received", OK));
        assertThat(seen.sightings).hasSize(2);
        assertThat(seen.sightings.getFirst().message().body().text()).startsWith("a").contains("b");
    }

    @Test
    void readsAGzippedLog(@TempDir Path folder) throws IOException {
        var file = folder.resolve("full.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(LogSamples.of("freeswitch").getBytes(ISO_8859_1));
        }
        var seen = new Seen();
        assertThat(Evidence.read(file, seen).messages()).isEqualTo(4);
    }

    @Test
    void survivesALineWithoutEnd() throws IOException {
        var head =
                recv("10:00:00.000000", OK.substring(0, OK.indexOf("Content")) + "X: ")
                        .stripTrailing();
        var seen = new Seen();
        Evidence.read(
                new java.io.SequenceInputStream(
                        new ByteArrayInputStream(head.getBytes(ISO_8859_1)), endless(200L << 20)),
                "x",
                seen);
        assertThat(seen.sightings.size() + seen.gaps.size()).isPositive();
    }

    @Test
    void readsMoreThanItHoldsBack() {
        var log = new StringBuilder();
        for (var i = 0; i < 21_000; i++) log.append(recv("10:00:00.000000", OK));
        var seen = read(log.toString());
        assertThat(seen.sightings).hasSize(21_000);
        assertThat(seen.sightings.getLast().at()).isEqualTo(Instant.parse("1972-01-01T10:00:00Z"));
    }

    private static InputStream endless(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                if (left <= 0) return -1;
                var got = (int) Math.min(count, left);
                java.util.Arrays.fill(into, from, from + got, (byte) 'x');
                left -= got;
                return got;
            }
        };
    }

    private static String recv(String time, String message) {
        return "recv 1 bytes from udp/[192.0.2.20]:5060 at %s:\n%s\n%s\n"
                .formatted(time, "-".repeat(72), message);
    }

    private static String send(String time, String message) {
        return "send 1 bytes to udp/[192.0.2.20]:5060 at %s:\n%s\n%s\n"
                .formatted(time, "-".repeat(72), message);
    }

    private static String ios(String time, String message) {
        return ios(time, "Received:", message);
    }

    private static String ios(String time, String way, String message) {
        return "007592: %s: //-1/xxxx/SIP/Msg/ccsipDisplayMsg:\n%s\n%s\n"
                .formatted(time, way, message);
    }

    private static String pjsip(String way, String message) {
        return "<--- %s SIP response (999 bytes) from UDP:192.0.2.20:5060 --->\n%s\n"
                .formatted(way, message);
    }

    private Seen read(String log) {
        var seen = new Seen();
        account = seen.read(log.getBytes(ISO_8859_1));
        return seen;
    }

    private static List<String> times(Seen seen) {
        return seen.sightings.stream().map(one -> one.at().toString()).toList();
    }
}
