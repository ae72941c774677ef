// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.ALICE;
import static referee.evidence.Packets.BOB;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.ethernet;
import static referee.evidence.Packets.ipv4;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.u32;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SctpChunksTest {
    private static final int WHOLE = 3;
    private static final int FIRST = 2;
    private static final int MIDDLE = 0;
    private static final int LAST = 1;
    private static final byte[] LONG = request("long", 3000);

    @Test
    void readsAMessageAChunk() {
        var packet = sctp(sack(), data(1, 0, WHOLE, ok("a")), data(2, 1, WHOLE, ok("b")));
        assertThat(Seen.in(CaptureWriter.pcap().frame(packet)).messages())
                .containsExactly(
                        "1 192.0.2.1:5060 > 192.0.2.2:5060 SCTP a",
                        "1 192.0.2.1:5060 > 192.0.2.2:5060 SCTP b");
    }

    @Test
    void putsAMessageTogetherWhoseChunksComeInAnyOrder() {
        for (var seed = 0; seed < 10; seed++) {
            var chunks = new ArrayList<byte[]>();
            chunks.add(sctp(data(0xffff_fffeL, 4, FIRST, part(LONG, 0, 1000))));
            chunks.add(sctp(data(0xffff_ffffL, 4, MIDDLE, part(LONG, 1000, 2000))));
            chunks.add(sctp(data(0, 4, LAST, part(LONG, 2000, LONG.length))));
            chunks.add(sctp(data(1, 5, FIRST, part(ok("b"), 0, 20))));
            chunks.add(sctp(data(2, 5, LAST, part(ok("b"), 20, ok("b").length))));
            Collections.shuffle(chunks, new Random(seed));
            var seen = Seen.in(CaptureWriter.pcap().frames(chunks.toArray(byte[][]::new)));
            assertThat(seen.sightings).hasSize(2);
            assertThat(seen.sightings.stream().map(one -> one.message().bytes().length()))
                    .containsExactlyInAnyOrder(LONG.length, ok("b").length);
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void putsInterleavedChunksTogetherByStreamAndMessage() {
        var half = ok("b").length / 2;
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        sctp(idata(1, 0, 7, 0, FIRST, part(LONG, 0, 1500))),
                                        sctp(idata(2, 1, 7, 0, FIRST, part(ok("b"), 0, half))),
                                        sctp(idata(3, 0, 7, 1, LAST, part(LONG, 1500, 3110))),
                                        sctp(idata(4, 1, 7, 1, LAST, part(ok("b"), half, 99)))));
        assertThat(seen.calls()).containsExactly("3 long", "4 b");
    }

    @Test
    void leavesOutAChunkThatIsSentAgain() {
        var packet = sctp(data(1, 0, WHOLE, ok("a")));
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(packet, packet, sctp(data(2, 0, WHOLE, ok("a")))));
        assertThat(seen.calls()).containsExactly("1 a", "3 a");
    }

    @Test
    void tellsOfMessagesOfWhichChunksAreMissing() {
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        sctp(data(1, 0, FIRST, part(LONG, 0, 1000))),
                                        sctp(data(3, 0, LAST, part(LONG, 2000, 3000)))));
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly("fragment 1: SCTP messages of which chunks are missing, 1 frame");
    }

    @Test
    void tellsOfAChunkThatIsCut() {
        var packet = sctp(data(1, 0, WHOLE, LONG));
        var seen = Seen.in(CaptureWriter.pcap().frame(packet, 400));
        assertThat(seen.gaps).extracting(Gap::kind).containsExactly(Gap.Kind.SNAPLEN);
        assertThat(seen.sightings).hasSize(1);
    }

    @Test
    void keepsLittleOfChunksThatNeverEnd() {
        var capture = CaptureWriter.pcap();
        for (var i = 0; i < 5000; i++) {
            capture.frame(sctp(data(i, 0, i == 0 ? FIRST : MIDDLE, new byte[900])));
        }
        var seen = Seen.in(capture.frame(sctp(data(9000, 0, WHOLE, ok("a")))));
        assertThat(seen.calls()).containsExactly("5001 a");
    }

    @Test
    void survivesChunksThatContradictThemselves() {
        var good = sctp(data(1, 0, WHOLE, ok("a")));
        for (var length = 0; length < good.length; length++) {
            Seen.in(CaptureWriter.pcap().frame(part(good, 0, length)));
        }
        for (var length : new int[] {0, 3, 4, 15, 16, 17, 60_000}) {
            var chunk = data(1, 0, WHOLE, ok("a"));
            chunk[2] = (byte) (length >> 8);
            chunk[3] = (byte) length;
            assertThat(Seen.in(CaptureWriter.pcap().frame(sctp(chunk))).sightings)
                    .hasSizeLessThan(2);
        }
    }

    /// A frame with a message with this Call-ID.
    static byte[] whole(String callId) {
        return sctp(data(1, 0, WHOLE, ok(callId)));
    }

    private static byte[] data(long tsn, int stream, int flags, byte[] content) {
        var header = join(bytes(0, flags), u16(16 + content.length), u32(tsn), u16(stream, 0));
        return padded(join(header, u32(0), content));
    }

    private static byte[] idata(
            long tsn, int stream, int message, int place, int flags, byte[] content) {
        var header = join(bytes(64, flags), u16(20 + content.length), u32(tsn), u16(stream, 0));
        return padded(join(header, u32(message), u32(place), content));
    }

    private static byte[] sack() {
        return join(bytes(3, 0), u16(16), new byte[12]);
    }

    private static byte[] padded(byte[] chunk) {
        return join(chunk, new byte[-chunk.length & 3]);
    }

    private static byte[] sctp(byte[]... chunks) {
        var packet = join(u16(5060, 5060), u32(77), u32(0), join(chunks));
        return ethernet(0x0800, ipv4(ALICE, BOB, 132, packet));
    }
}
