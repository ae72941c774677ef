// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamFramerTest {
    private static final String OPTIONS =
            "OPTIONS sip:a@192.0.2.1 SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n";
    private static final String INFO =
            "INFO sip:a@192.0.2.1 SIP/2.0\r\nCall-ID: 2\r\nl: 5\r\n\r\nhello";
    private static final String OK =
            "SIP/2.0 200 OK\r\nCall-ID: 3\r\nContent-Length:\r\n 0\r\n\r\n";

    /// Writes down what a framer tells.
    private static final class Log implements StreamFramer.Receiver {
        final List<String> lines = new ArrayList<>();

        @Override
        public void message(SipMessage message) {
            lines.add(message.bytes().text() + message.flaws().stream().map(Flaw::code).toList());
        }

        @Override
        public void skipped(long octets, String why) {
            lines.add(octets + " skipped: " + why);
        }

        @Override
        public void emptyLine() {
            lines.add("empty line");
        }
    }

    @Test
    void findsSeveralMessagesInOneSegment() {
        assertThat(whole(OPTIONS + INFO + OK))
                .containsExactly(OPTIONS + "[]", INFO + "[]", OK + "[]");
    }

    @Test
    void tellsEachEmptyLineBetweenMessages() {
        assertThat(whole("\r\n\r\n" + OPTIONS + "\r\n" + OK))
                .containsExactly(
                        "empty line", "empty line", OPTIONS + "[]", "empty line", OK + "[]");
    }

    @Test
    void endsAMessageWithoutContentLengthAtItsHeaders() {
        var bye = "BYE sip:a@192.0.2.1 SIP/2.0\r\nCall-ID: 4\r\n\r\n";
        assertThat(whole(bye + OPTIONS))
                .containsExactly(bye + "[content-length-missing]", OPTIONS + "[]");
    }

    @Test
    void endsAMessageWithAnUnreadableContentLengthAtItsHeaders() {
        var bye = "BYE sip:a@192.0.2.1 SIP/2.0\r\nContent-Length: none\r\n\r\n";
        assertThat(whole(bye + OPTIONS))
                .containsExactly(bye + "[content-length-form]", OPTIONS + "[]");
    }

    @Test
    void goesByTheFirstOfTwoContentLengths() {
        var info = "INFO sip:a@192.0.2.1 SIP/2.0\r\nl: 2\r\nContent-Length: 5\r\n\r\nhi";
        assertThat(whole(info + OK)).containsExactly(info + "[content-length-repeated]", OK + "[]");
    }

    @Test
    void passesOverWhatBelongsToNoMessage() {
        assertThat(whole("c=IN IP4 192.0.2.1\r\n\r\nm=x\r\n" + OPTIONS))
                .containsExactly("27 skipped: no start line", OPTIONS + "[]");
    }

    @Test
    void findsAStartLineBehindABodyWithoutLineEnd() {
        assertThat(whole("</presence>" + OK + "</presence>" + OPTIONS))
                .containsExactly(
                        "11 skipped: no start line",
                        OK + "[]",
                        "11 skipped: no start line",
                        OPTIONS + "[]");
    }

    @Test
    void startsAnewBehindLostOctets() {
        var log = new Log();
        var framer = new StreamFramer(log);
        feed(framer, OPTIONS.substring(0, 50));
        framer.lost();
        feed(framer, INFO.substring(40) + OK);
        framer.end();
        assertThat(log.lines)
                .containsExactly(
                        50 + INFO.length() - 40 + " skipped: its end is missing", OK + "[]");
    }

    @Test
    void handsOnAMessageThatLacksOnlyOctetsOfItsBody() {
        var log = new Log();
        var framer = new StreamFramer(log);
        feed(framer, INFO.substring(0, INFO.length() - 2));
        framer.lost();
        assertThat(log.lines)
                .containsExactly(
                        INFO.substring(0, INFO.length() - 2)
                                + "[body-shorter-than-content-length]");
    }

    @Test
    void givesUpAMessageThatIsTooLong() {
        var endless = "INFO sip:a@192.0.2.1 SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n";
        assertThat(whole(endless + OPTIONS))
                .containsExactly(
                        endless.length() + " skipped: a message longer than 262144 octets",
                        OPTIONS + "[]");
    }

    @Test
    void holdsNoMoreThanTheLongestMessage() {
        var log = new Log();
        var framer = new StreamFramer(log);
        feed(framer, "INFO sip:a@192.0.2.1 SIP/2.0\r\n");
        var most = 0;
        for (var i = 0; i < 40_000; i++) {
            feed(framer, "X: 12345\r\n");
            most = Math.max(most, framer.held());
        }
        feed(framer, "\r\n" + OPTIONS);
        framer.end();
        assertThat(most).isLessThanOrEqualTo(StreamFramer.LONGEST);
        assertThat(log.lines)
                .containsExactly(
                        400_032 + " skipped: headers without an end in 262144 octets",
                        OPTIONS + "[]");
    }

    @Test
    void givesTheSameMessagesHoweverTheStreamIsCut() {
        var streams =
                List.of(
                        OPTIONS + INFO + OK,
                        "\r\n\r\n" + OPTIONS + "\r\n" + OK + "\r\n\r\n" + INFO + "\r",
                        "noise\r\n\r\nmore" + INFO + "tail" + OK + "\n\n" + OPTIONS.substring(9),
                        INFO.replace("\r\n", "\n") + OPTIONS + INFO.substring(0, 50),
                        "INVITE x\r\nSIP/2.0 abc\r\nSIP/2.0 180\r\n\r\n \r\n" + OK,
                        "x".repeat(StreamFramer.LONGEST + 10) + "\r\n" + OPTIONS,
                        "INFO sip:a SIP/2.0\r\nA: " + "y".repeat(300_000) + "\r\n\r\n" + OK);
        for (var stream : streams) {
            var expected = whole(stream);
            if (stream.length() < 1000) assertThat(cut(stream, 1, 1)).isEqualTo(expected);
            for (var seed = 0; seed < 50; seed++) {
                var longest = stream.length() < 1000 ? 40 : 9000;
                assertThat(cut(stream, seed, longest)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void tellsTheSameOfADamagedStreamHoweverItIsCut() {
        for (var seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var bytes = (OPTIONS + INFO + "\r\n" + OK + INFO).getBytes(ISO_8859_1);
            for (var i = random.nextInt(12); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var text = new String(bytes, ISO_8859_1);
            assertThat(cut(text, seed, 30)).as("seed %d", seed).isEqualTo(whole(text));
        }
    }

    private static List<String> whole(String stream) {
        return cut(stream, 0, Integer.MAX_VALUE - 1);
    }

    /// What a framer tells of a stream that comes in pieces of 1 to longest octets.
    private static List<String> cut(String stream, long seed, int longest) {
        var random = new SplittableRandom(seed);
        var log = new Log();
        var framer = new StreamFramer(log);
        var bytes = stream.getBytes(ISO_8859_1);
        for (var at = 0; at < bytes.length; ) {
            var length = longest > bytes.length ? bytes.length : 1 + random.nextInt(longest);
            var to = Math.min(bytes.length, at + length);
            framer.feed(bytes, at, to);
            at = to;
        }
        framer.end();
        return log.lines;
    }

    private static void feed(StreamFramer framer, String text) {
        var bytes = text.getBytes(ISO_8859_1);
        framer.feed(bytes, 0, bytes.length);
    }
}
