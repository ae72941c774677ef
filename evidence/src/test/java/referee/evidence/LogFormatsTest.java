// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import referee.sip.SipMessage;

/// Every format, plain and in every state in which people send logs.
class LogFormatsTest {
    private static final List<String> CALL =
            List.of(
                    "1 192.0.2.20:5060 > 192.0.2.10:5060 UDP call",
                    "2 192.0.2.10:5060 > 192.0.2.20:5060 UDP call",
                    "3 192.0.2.20:5060 > 192.0.2.10:5060 UDP call",
                    "4 192.0.2.10:5060 > 192.0.2.20:5060 UDP ping");

    static Stream<String> formats() {
        return LogSamples.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsWhoSentWhatToWhom(String format) {
        var seen = read(format, LogSamples.of(format));
        assertThat(texts(seen))
                .isEqualTo(LogSamples.CALL.stream().map(LogSamples.Passing::message).toList());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsItAmongOtherLines(String format) {
        var noise =
                """
                [Jan  8 20:28:01] NOTICE[77] chan_sip.c: Peer 'a' is now Reachable. (5ms / 2000ms)
                Really destroying SIP dialog 'x@192.0.2.1' Method: REGISTER
                2026-01-08 20:28:01.0 [DEBUG] something.c:12 INVITE seen: sip:a@b

                variable_sip_to: bob
                """;
        var text = new StringBuilder(noise.repeat(200));
        for (var one : LogSamples.CALL)
            text.append(LogSamples.entry(format, one)).append("\n").append(noise);
        read(format, text.toString());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsItWithAPrefixOnEachLine(String format) {
        read(format, eachLine(format, line -> "Jan  8 20:28:01 pbx-1 voip[812]: " + line));
        read(format, eachLine(format, line -> "2026-01-08T20:28:01.123456789Z stdout F " + line));
        read(format, eachLine(format, line -> "pbx-1  | " + line));
        read(
                format,
                eachLine(
                        format,
                        line ->
                                "{\"log\":\"%s\\r\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-08T20:28:01Z\"}"
                                        .formatted(line.replace("\"", "\\\""))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsItIndentedColouredAndWithWindowsLineEnds(String format) {
        read(format, eachLine(format, line -> "   " + line));
        read(format, eachLine(format, line -> "\t" + line));
        read(format, eachLine(format, line -> "\u001b[m\u001b[1;35m" + line + "\u001b[0m"));
        read(format, LogSamples.of(format).replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsItWithTheLineEndsOfTheMessages(String format) {
        var text = new StringBuilder();
        for (var one : LogSamples.CALL) text.append(LogSamples.entry(format, one, one.message()));
        read(format, text.toString());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsItWrittenIntoOneLineAMessage(String format) {
        var text =
                LogSamples.CALL.stream()
                        .map(one -> LogSamples.entry(format, one).strip().replace("\n", "#012"))
                        .collect(Collectors.joining("\nJan  8 20:28:02 pbx voip[1]: ", "", "\n"));
        read(format, text);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void losesNothingButTheLastMessageWhereTheFileIsCut(String format) {
        var log = LogSamples.of(format);
        for (var length = 40; length < log.length(); length += 23) {
            var seen = new Seen();
            try {
                seen.read(log.substring(0, length).getBytes(ISO_8859_1));
            } catch (java.io.UncheckedIOException e) {
                assertThat(e).hasMessageContaining("no SIP message");
            }
            var lines = seen.messages().stream().map(LogFormatsTest::withoutFlaws).toList();
            assertThat(lines)
                    .as("%s to %d", format, length)
                    .isEqualTo(CALL.subList(0, lines.size()));
        }
    }

    private static String withoutFlaws(String line) {
        return line.replaceAll(" \\[.*", "");
    }

    private static String eachLine(String format, UnaryOperator<String> change) {
        return LogSamples.of(format)
                .lines()
                .map(change)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Seen read(String format, String log) {
        var seen = new Seen();
        var account = seen.read(log.getBytes(ISO_8859_1));
        assertThat(seen.gapLines()).as(log).isEmpty();
        assertThat(account.kind()).isEqualTo(format + " log");
        assertThat(account.messages()).isEqualTo(4);
        assertThat(seen.messages()).as(log).isEqualTo(CALL);
        assertThat(texts(seen))
                .as(log)
                .isEqualTo(LogSamples.CALL.stream().map(LogSamples.Passing::message).toList());
        return seen;
    }

    private static List<String> texts(Seen seen) {
        return seen.sightings.stream()
                .map(Sighting::message)
                .map(SipMessage::bytes)
                .map(Object::toString)
                .toList();
    }
}
