// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.datagram;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    private static final byte[] FRAME = datagram(ok("c"));

    @Test
    void recognisesCapturesByTheirContent(@TempDir Path folder) throws IOException {
        var pcap = CaptureWriter.pcap().frame(FRAME);
        var pcapng =
                CaptureWriter.pcapng(LITTLE_ENDIAN)
                        .section()
                        .interfaceBlock(1, 0)
                        .packet(0, 1, FRAME, FRAME.length);
        for (var capture : new CaptureWriter[] {pcap, pcapng}) {
            for (var content : new byte[][] {capture.bytes(), capture.gzipped()}) {
                var file = Files.write(folder.resolve("x.dat"), content);
                var seen = new Seen();
                var account = Evidence.read(file, seen);
                assertThat(seen.calls()).containsExactly("1 c");
                assertThat(account.name()).isEqualTo(file.toString());
            }
        }
    }

    @Test
    void readsFromAStreamThatGivesAnOctetAtATime() throws IOException {
        var content = CaptureWriter.pcap().frames(FRAME, FRAME).bytes();
        var drops =
                new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        return at < content.length ? content[at++] & 0xff : -1;
                    }

                    @Override
                    public int read(byte[] into, int from, int length) {
                        if (at == content.length) return -1;
                        into[from] = content[at++];
                        return 1;
                    }
                };
        var seen = new Seen();
        Evidence.read(drops, "-", seen);
        assertThat(seen.calls()).containsExactly("1 c", "2 c");
    }

    @Test
    void readsWhatIsThereOfCompressedDataThatEndsEarly() {
        var capture = CaptureWriter.pcap();
        var random = new java.util.Random(1);
        var noise = new byte[500];
        for (var i = 0; i < 100; i++) {
            random.nextBytes(noise);
            capture.frame(FRAME).frame(noise);
        }
        var packed = capture.gzipped();
        for (var length : new int[] {packed.length - 1, packed.length / 2, 9000}) {
            var seen = Seen.in(part(packed, 0, length));
            assertThat(seen.gaps).extracting(Gap::kind).containsExactly(Gap.Kind.FILE);
            assertThat(seen.gaps.getFirst().says()).contains("compressed");
        }
        assertThat(refusal(part(packed, 0, 12))).contains("gzipped", "nothing of it");
        packed[packed.length / 2] ^= 0x55;
        assertThat(Seen.in(packed).sightings).hasSizeBetween(30, 100);
    }

    @Test
    void saysWhatASourceIsThatIsNotRead() {
        assertThat(refusal(new byte[0])).isEqualTo("x — is empty — give a pcap or pcapng capture");
        assertThat(refusal(join(text("GMBU"), new byte[100])))
                .contains("Network Monitor", "editcap");
        assertThat(refusal(join(text("snoop\0\0\0"), new byte[8]))).contains("snoop", "editcap");
        assertThat(refusal(text("recv 584 bytes from udp/[192.0.2.4]:5090\n")))
                .contains("text", "no SIP message of a known log format");
        assertThat(
                        refusal(
                                text(
                                        "Oct  4 20:58:22 pbx kamailio[7421]: INFO: <script>: c0|log|source 192.0.2.4:5090\n")))
                .contains("Kamailio script log", "sipdump");
        assertThat(refusal(bytes(0x28, 0xb5, 0x2f, 0xfd, 0, 0))).contains("zstd", "unpack");
        assertThat(refusal(bytes(0xfd, '7', 'z', 'X', 'Z', 0))).contains("xz");
        assertThat(refusal(join(text("PK"), bytes(3, 4)))).contains("zip");
        assertThat(refusal(bytes(0x1f, 0x8b))).contains("gzipped");
        assertThat(refusal(new byte[300])).contains("no kind of evidence");
        var erf =
                join(bytes(1, 2, 3, 4, 5, 6, 7, 8, 2, 4), bytes(0, 80, 0, 0, 0, 60), new byte[64]);
        assertThat(refusal(erf)).contains("ERF");
    }

    private static String refusal(byte[] source) {
        var refused =
                assertThatExceptionOfType(UnreadableEvidence.class)
                        .isThrownBy(() ->
                                Evidence.read(new ByteArrayInputStream(source), "x", new Seen()))
                        .actual();
        assertThat(refused.getMessage()).startsWith("x — ").doesNotContain("\n");
        return refused.getMessage();
    }
}
