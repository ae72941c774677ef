// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.text;
import static referee.evidence.Packets.toAlice;
import static referee.evidence.Packets.toBob;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TcpStreamsTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] A = request("a", 300);
    private static final byte[] B = request("b", 0);
    private static final byte[] C = request("c", 20);

    /// Opens the connection; Alice's first octet is 100, Bob's 500.
    private static CaptureWriter opened() {
        return CaptureWriter.pcap().frames(toBob(99, 0, "S", NONE), toAlice(499, 100, "SA", NONE));
    }

    @Test
    void readsBothDirections() {
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "PA", B),
                                        toAlice(500, 100L + B.length, "PA", ok("b"))));
        assertThat(seen.messages())
                .containsExactly(
                        "3 192.0.2.1:40000 > 192.0.2.2:5060 TCP b",
                        "4 192.0.2.2:5060 > 192.0.2.1:40000 TCP b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void namesTheFrameInWhichAMessageEnds() {
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", part(A, 0, 100)),
                                        toBob(200, 500, "A", part(A, 100, 200)),
                                        toBob(300, 500, "A", join(part(A, 200, A.length), B))));
        assertThat(seen.calls()).containsExactly("5 a", "5 b");
    }

    @Test
    void leavesOutWhatIsSentAgain() {
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", A),
                                        toBob(100, 500, "A", A),
                                        toBob(100, 500, "A", join(A, B)),
                                        toBob(100L + A.length, 500, "A", join(B, C))));
        assertThat(seen.calls()).containsExactly("3 a", "5 b", "6 c");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void waitsForSegmentsThatComeLate() {
        var end = 100L + A.length;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(end, 500, "A", B),
                                        toBob(200, 500, "A", part(A, 100, A.length)),
                                        toBob(100, 500, "A", part(A, 0, 100))));
        assertThat(seen.calls()).containsExactly("5 a", "3 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void countsOnOverTheWrapOfSequenceNumbers() {
        var last = 0xffff_ffffL;
        var capture =
                CaptureWriter.pcap()
                        .frames(
                                toBob(last - 50, 0, "S", NONE),
                                toBob((last + 52) & last, 0, "A", part(A, 101, A.length)),
                                toBob(last - 49, 0, "A", part(A, 0, 101)),
                                toBob(A.length - 50, 0, "A", B));
        var seen = Seen.in(capture);
        assertThat(seen.calls()).containsExactly("3 a", "4 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void givesTheSameMessagesHoweverTheSegmentsAreCutAndShuffled() {
        var stream = join(A, B, text("\r\n\r\n"), C, request("d", 5000), A, B);
        for (var seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var segments = segments(stream, random);
            var capture = opened();
            for (var segment : segments) capture.frame(segment);
            var seen = Seen.in(capture);
            assertThat(seen.calls())
                    .as("seed %d", seed)
                    .extracting(line -> line.substring(line.indexOf(' ') + 1))
                    .containsExactly("a", "b", "c", "d", "a", "b");
            assertThat(seen.gapLines()).as("seed %d", seed).isEmpty();
        }
    }

    /// Pieces of random length, some twice, some overlapping, each a few places from where it was.
    private static List<byte[]> segments(byte[] stream, SplittableRandom random) {
        var segments = new ArrayList<byte[]>();
        for (var at = 0; at < stream.length; ) {
            var to = Math.min(stream.length, at + 1 + random.nextInt(700));
            var from = Math.max(0, at - (random.nextInt(4) == 0 ? random.nextInt(200) : 0));
            var segment = toBob(100 + from, 500, "A", part(stream, from, to));
            segments.add(Math.max(0, segments.size() - random.nextInt(4)), segment);
            if (random.nextInt(5) == 0) segments.add(segment);
            at = to;
        }
        return segments;
    }

    @Test
    void givesUpAHoleThatTheOtherSideHasAcknowledged() {
        var behind = 100L + B.length + A.length;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", B),
                                        toBob(behind, 500, "A", C),
                                        toAlice(500, behind + C.length, "PA", ok("c"))));
        assertThat(seen.calls()).containsExactly("3 b", "4 c", "5 c");
        assertThat(seen.gapLines())
                .containsExactly(
                        "stream 4: "
                                + A.length
                                + " octets of the stream are missing before this frame");
    }

    @Test
    void waitsNoLongerForWhatIsAcknowledgedAlready() {
        var behind = 100L + B.length + A.length;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", B),
                                        toAlice(500, behind, "A", NONE),
                                        toBob(behind, 500, "A", C),
                                        toBob(behind + C.length, 500, "A", B)));
        assertThat(seen.calls()).containsExactly("3 b", "5 c", "6 b");
        assertThat(seen.gaps).hasSize(1);
    }

    @Test
    void startsAnewBehindAHoleInsideAMessage() {
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", part(A, 0, 40)),
                                        toBob(160, 500, "A", join(part(A, 60, A.length), B)),
                                        toAlice(500, 100L + A.length + B.length, "A", NONE)));
        assertThat(seen.calls()).containsExactly("4 b");
        assertThat(seen.gapLines())
                .containsExactly(
                        "stream 4: 20 octets of the stream are missing before this frame",
                        "stream 4: "
                                + (A.length - 20)
                                + " octets belong to no message: its end is missing");
    }

    @Test
    void givesAMessageThatLacksOnlyOctetsOfItsBody() {
        var cut = A.length - 200;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", part(A, 0, cut)),
                                        toBob(100L + A.length, 500, "A", B),
                                        toAlice(500, 100L + A.length + B.length, "A", NONE)));
        assertThat(seen.messages())
                .containsExactly(
                        "3 192.0.2.1:40000 > 192.0.2.2:5060 TCP a"
                                + " [body-shorter-than-content-length]",
                        "4 192.0.2.1:40000 > 192.0.2.2:5060 TCP b");
    }

    @Test
    void takesAMessageThatFillsAHoleAfterItWasGivenUp() {
        var behind = 100L + B.length + A.length;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", B),
                                        toBob(behind, 500, "A", C),
                                        toAlice(500, behind + C.length, "A", NONE),
                                        toBob(100L + B.length, 500, "A", A),
                                        toBob(100L + B.length, 500, "A", A)));
        assertThat(seen.calls()).containsExactly("3 b", "4 c", "6 a");
    }

    @Test
    void givesUpAHoleWhenTooMuchWaits() {
        var capture = opened().frame(toBob(100, 500, "A", B));
        var big = request("big", 60_000);
        var at = 100L + B.length + 1000;
        for (var i = 0; i < 6; i++) {
            for (var from = 0; from < big.length; from += 1400) {
                var to = Math.min(big.length, from + 1400);
                capture.frame(toBob(at + from, 500, "A", part(big, from, to)));
            }
            at += big.length;
        }
        var seen = Seen.in(capture);
        assertThat(seen.sightings).hasSize(7);
        assertThat(seen.gapLines())
                .containsExactly(
                        "stream 4: 1000 octets of the stream are missing before this frame");
    }

    @Test
    void readsOnAtTheEndOfTheFileBehindAHole() {
        var seen = Seen.in(opened().frames(toBob(100, 500, "A", B), toBob(900, 500, "A", C)));
        assertThat(seen.calls()).containsExactly("3 b", "4 c");
        assertThat(seen.gaps).hasSize(1);
    }

    @Test
    void picksUpAStreamInItsMiddle() {
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        toBob(100, 500, "A", join(part(A, 150, A.length), B)),
                                        toBob(100L - 150 + A.length + B.length, 500, "A", C)));
        assertThat(seen.calls()).containsExactly("1 b", "2 c");
        assertThat(seen.gapLines())
                .containsExactly(
                        "midstream 1: " + (A.length - 150) + " octets before the first start line");
    }

    @Test
    void makesNoGapOfAStreamThatIsPickedUpBetweenMessages() {
        var seen = Seen.in(CaptureWriter.pcap().frames(toBob(100, 500, "A", B)));
        assertThat(seen.calls()).containsExactly("1 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void makesNoGapOfOtherProtocols() {
        var tls = join(Packets.bytes(0x16, 3, 1, 2, 0, 1), new byte[500]);
        var http = text("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        var binary = new byte[1400];
        new java.util.Random(1).nextBytes(binary);
        for (var content : List.of(tls, http, binary, text("hello there\r\n"))) {
            for (var withSyn : List.of(true, false)) {
                var capture = withSyn ? opened() : CaptureWriter.pcap();
                for (var i = 0; i < 200; i++) {
                    capture.frame(toBob(100 + (long) i * 2000, 500, "A", content));
                }
                var seen = Seen.in(capture);
                assertThat(seen.messages()).isEmpty();
                assertThat(seen.gapLines()).isEmpty();
            }
        }
    }

    @Test
    void startsAnewWhenPortsAreUsedAgain() {
        var capture = opened().frame(toBob(100, 500, "A", B));
        capture.frames(toBob(70_000, 0, "S", NONE), toBob(70_001, 0, "A", C));
        capture.frames(toBob(4_000_000_000L, 0, "A", A));
        var seen = Seen.in(capture);
        assertThat(seen.calls()).containsExactly("3 b", "5 c", "6 a");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void takesNoNoticeOfEmptySegmentsFromFarAway() {
        var capture = opened();
        for (var bit = 20; bit < 32; bit++) capture.frame(toBob(100 ^ 1L << bit, 500, "A", NONE));
        var seen = Seen.in(capture.frame(toBob(100, 500, "A", B)));
        assertThat(seen.calls()).containsExactly("15 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void tellsOfAMessageThatTheEndOfTheStreamCutsOff() {
        for (var flags : List.of("FA", "R")) {
            var seen =
                    Seen.in(
                            opened().frames(
                                            toBob(100, 500, "A", part(A, 0, 50)),
                                            toBob(150, 500, flags, NONE),
                                            toBob(100, 500, "A", part(A, 0, 50))));
            assertThat(seen.messages()).isEmpty();
            assertThat(seen.gapLines())
                    .first()
                    .isEqualTo("stream 3: the stream ends after 50 octets of a message");
        }
    }

    @Test
    void takesNoGapFromKeepAlives() {
        var end = 100L + B.length;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", B),
                                        toBob(end - 1, 500, "A", new byte[1]),
                                        toAlice(500, end, "A", text("\r\n")),
                                        toBob(end, 502, "A", text("\r\n\r\n")),
                                        toBob(end + 4, 502, "FA", NONE),
                                        toAlice(502, end + 5, "FA", NONE)));
        assertThat(seen.calls()).containsExactly("3 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void tellsOfSegmentsThatTheCaptureCutOff() {
        var frame = toBob(100, 500, "A", A);
        var capture = opened().frame(frame, frame.length - 100);
        capture.frame(toBob(100L + A.length, 500, "A", B));
        var seen = Seen.in(capture);
        assertThat(seen.messages())
                .containsExactly(
                        "3 192.0.2.1:40000 > 192.0.2.2:5060 TCP a"
                                + " [body-shorter-than-content-length]",
                        "4 192.0.2.1:40000 > 192.0.2.2:5060 TCP b");
        assertThat(seen.gapLines())
                .containsExactly(
                        "snaplen 3: cut off after %d of %d octets of content"
                                .formatted(A.length - 100, A.length));
    }

    @Test
    void tellsOnceOfSegmentsThatAreCutBeforeTheirContent() {
        var capture = opened();
        for (var i = 0; i < 3; i++) capture.frame(toBob(100 + i * A.length, 500, "A", A), 54);
        assertThat(Seen.in(capture).gapLines())
                .containsExactly("snaplen 3: TCP cut off before its content, 3 frames");
    }

    @Test
    void holdsNoMoreThanItsLimitsOverManyStreams() {
        var capture = CaptureWriter.pcap();
        var start = text("MESSAGE sip:a SIP/2.0\r\nX: " + "x".repeat(60_000));
        for (var port = 1; port <= 2 * TcpStreams.MAX_HELD / 60_000; port++) {
            var segment = Packets.tcp(port, 5060, 1, 1, "A", start);
            capture.frame(
                    Packets.ethernet(0x0800, Packets.ipv4("192.0.2.1", "192.0.2.2", 6, segment)));
        }
        var seen = Seen.in(capture);
        assertThat(seen.gaps)
                .filteredOn(gap -> gap.kind() == Gap.Kind.LIMIT)
                .hasSizeGreaterThan(1000);
    }
}
