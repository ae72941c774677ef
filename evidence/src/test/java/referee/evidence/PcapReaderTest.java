// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.CaptureWriter.ETHERNET;
import static referee.evidence.Packets.datagram;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;

import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapReaderTest {
    private static final byte[] FRAME = datagram(ok("c"));
    private static final List<ByteOrder> ORDERS = List.of(LITTLE_ENDIAN, BIG_ENDIAN);

    @Test
    void readsMicrosecondsAndNanosecondsInEitherByteOrder() {
        for (var order : ORDERS) {
            assertThat(time(order, PcapReader.MAGIC_MICROS))
                    .isEqualTo("1970-01-01T00:00:07.000009Z");
            assertThat(time(order, PcapReader.MAGIC_PATCHED))
                    .isEqualTo("1970-01-01T00:00:07.000009Z");
            assertThat(time(order, PcapReader.MAGIC_NANOS))
                    .isEqualTo("1970-01-01T00:00:07.000000009Z");
        }
    }

    private static String time(ByteOrder order, int magic) {
        var capture = CaptureWriter.pcap(order, magic, ETHERNET).frame(7, 9, FRAME, FRAME.length);
        return Seen.in(capture).sightings.getFirst().at().toString();
    }

    @Test
    void readsTimesBeyond2038() {
        var capture = CaptureWriter.pcap().frame(-2, 0, FRAME, FRAME.length);
        assertThat(Seen.in(capture).sightings.getFirst().at())
                .isEqualTo(Instant.ofEpochSecond(0xffff_fffeL));
    }

    @Test
    void countsEveryFrameAndSaysWhatTheFileHeld() {
        var seen = new Seen();
        var account = seen.read(CaptureWriter.pcap().frames(new byte[60], FRAME, FRAME).bytes());
        assertThat(seen.calls()).containsExactly("2 c", "3 c");
        assertThat(account.kind()).isEqualTo("pcap");
        assertThat(account.frames()).isEqualTo(3);
        assertThat(account.messages()).isEqualTo(2);
        assertThat(account.gaps()).isZero();
        assertThat(account.from()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(account.to()).contains(Instant.ofEpochSecond(1_700_000_002));
    }

    @Test
    void readsWhatIsThereOfAFileThatEndsEarly() {
        var whole = CaptureWriter.pcap().frames(FRAME, FRAME).bytes();
        for (var length = 24; length < whole.length; length++) {
            var seen = Seen.in(part(whole, 0, length));
            var frames = length < 40 + FRAME.length ? 0 : 1;
            assertThat(seen.sightings).hasSize(frames);
            var atEdge = (length - 24) % (16 + FRAME.length) == 0;
            assertThat(seen.gaps).hasSize(atEdge ? 0 : 1);
        }
    }

    @Test
    void saysWhereAFileEndsEarly() {
        var whole = CaptureWriter.pcap().frames(FRAME, FRAME).bytes();
        assertThat(Seen.in(part(whole, 0, whole.length - 1)).gapLines())
                .containsExactly(
                        "file 2: the file ends early, after %d of %d octets of the frame"
                                .formatted(FRAME.length - 1, FRAME.length));
    }

    @Test
    void passesOverARecordThatIsTooLongToBeAPacket() {
        var capture = CaptureWriter.pcap().frame(new byte[300_000]).frame(FRAME);
        var seen = Seen.in(capture);
        assertThat(seen.calls()).containsExactly("2 c");
        assertThat(seen.gapLines())
                .containsExactly("file 1: a record of 300000 octets is no packet");
    }

    @Test
    void survivesAFrameThatIsSaidToHaveBeenGigantic() {
        var raw = CaptureWriter.pcap();
        raw.raw(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, -1, -1, -1, -1});
        var frame = part(FRAME, 0, 80);
        frame[16] = frame[17] = 0;
        assertThat(Seen.in(raw.raw(frame)).gaps)
                .extracting(Gap::kind)
                .containsExactly(Gap.Kind.SNAPLEN);
    }

    @Test
    void stopsAtALengthThatNobodyCanBelieve() {
        var capture = CaptureWriter.pcap().frame(FRAME);
        capture.raw(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, 127, 0, 0, 0, 0}).frame(FRAME);
        var seen = Seen.in(capture);
        assertThat(seen.calls()).containsExactly("1 c");
        assertThat(seen.gapLines())
                .containsExactly(
                        "file 2: a record says that it is 2147483647 octets long; nothing behind it"
                                + " was read");
    }

    @Test
    void readsFramesAcrossTheEdgeOfABlock() {
        var capture = CaptureWriter.pcap();
        var big = datagram(Packets.request("big", 60_000));
        for (var i = 0; i < 100; i++) capture.frame(big);
        var seen = Seen.in(capture);
        assertThat(seen.sightings).hasSize(100);
        assertThat(seen.sightings)
                .allMatch(s -> s.message().body().length() == 60_000)
                .allMatch(s -> s.message().flaws().isEmpty());
    }
}
