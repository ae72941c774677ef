// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.datagram;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngReaderTest {
    private static final byte[] FRAME = datagram(ok("c"));
    private static final byte[] RAW = part(FRAME, 14, FRAME.length);
    private static final int DECRYPTION_SECRETS = 10;
    private static final int NAME_RESOLUTION = 4;

    private static CaptureWriter section(ByteOrder order) {
        return CaptureWriter.pcapng(order).section();
    }

    @Test
    void readsEveryKindOfPacketBlockInEitherByteOrder() {
        for (var order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            var seen =
                    Seen.in(
                            section(order)
                                    .interfaceBlock(1, 0)
                                    .packet(0, 5_000_001, FRAME, FRAME.length)
                                    .oldPacket(0, 6_000_002, FRAME)
                                    .simplePacket(FRAME, FRAME.length));
            assertThat(seen.calls()).containsExactly("1 c", "2 c", "3 c");
            assertThat(seen.sightings)
                    .extracting(s -> s.at().toString())
                    .containsExactly(
                            "1970-01-01T00:00:05.000001Z",
                            "1970-01-01T00:00:06.000002Z",
                            "1970-01-01T00:00:06.000002Z");
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void readsInterfacesOfDifferentLinkTypesAndUnits() {
        var nanos = new byte[] {9, 0, 1, 0, 9, 0, 0, 0};
        var seen =
                Seen.in(
                        section(LITTLE_ENDIAN)
                                .interfaceBlock(1, 0)
                                .interfaceBlock(101, 0, nanos)
                                .packet(1, 7, RAW, RAW.length)
                                .packet(0, 7, FRAME, FRAME.length));
        assertThat(seen.sightings)
                .extracting(s -> s.at().toString())
                .containsExactly("1970-01-01T00:00:00.000000007Z", "1970-01-01T00:00:00.000007Z");
    }

    @Test
    void startsAnewWithEachSection() {
        var big = section(BIG_ENDIAN).interfaceBlock(101, 0).packet(0, 1, RAW, RAW.length);
        var little = section(LITTLE_ENDIAN).interfaceBlock(1, 0).packet(0, 2, FRAME, FRAME.length);
        var seen = Seen.in(join(big.bytes(), little.bytes()));
        assertThat(seen.calls()).containsExactly("1 c", "2 c");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void countsOnlyPacketsAsFramesAndPassesOverOtherBlocks() {
        var writer = section(LITTLE_ENDIAN);
        writer.interfaceBlock(1, 0)
                .block(DECRYPTION_SECRETS, writer.buffer(40))
                .block(NAME_RESOLUTION, writer.buffer(3_000_000))
                .block(0x0bad, writer.buffer(8))
                .packet(0, 1, FRAME, FRAME.length);
        var seen = new Seen();
        var account = seen.read(writer.bytes());
        assertThat(seen.calls()).containsExactly("1 c");
        assertThat(account.kind()).isEqualTo("pcapng");
        assertThat(account.frames()).isEqualTo(1);
    }

    @Test
    void cutsASimplePacketAtTheSnapLengthOfItsInterface() {
        var seen = Seen.in(section(LITTLE_ENDIAN).interfaceBlock(1, 80).simplePacket(FRAME, 80));
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly("snaplen 1: cut off after 80 of " + FRAME.length + " octets");
    }

    @Test
    void tellsOnceOfPacketsThatContradictTheirBlock() {
        var writer = section(LITTLE_ENDIAN).interfaceBlock(1, 0);
        var lying = writer.buffer(28).putInt(0).putInt(0).putInt(1).putInt(5000).putInt(5000);
        writer.block(6, lying).packet(9, 1, FRAME, FRAME.length).packet(0, 1, FRAME, FRAME.length);
        var seen = Seen.in(writer);
        assertThat(seen.calls()).containsExactly("3 c");
        assertThat(seen.gapLines())
                .containsExactly("file 1: records that contradict themselves, 2 frames");
    }

    @Test
    void readsOnBehindABlockThatEndsInAnotherLength() {
        var bytes =
                section(LITTLE_ENDIAN)
                        .interfaceBlock(1, 0)
                        .packet(0, 1, FRAME, FRAME.length)
                        .packet(0, 1, FRAME, FRAME.length)
                        .bytes();
        bytes[bytes.length - 4] ^= 4;
        var seen = Seen.in(bytes);
        assertThat(seen.calls()).containsExactly("1 c", "2 c");
        assertThat(seen.gaps).hasSize(1);
    }

    @Test
    void stopsAtABlockTooShortToBeOne() {
        var writer = section(LITTLE_ENDIAN).interfaceBlock(1, 0).packet(0, 1, FRAME, FRAME.length);
        writer.raw(new byte[] {6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0}).packet(0, 1, FRAME, 20);
        var seen = Seen.in(writer);
        assertThat(seen.calls()).containsExactly("1 c");
        assertThat(seen.gapLines())
                .containsExactly(
                        "file 2: a block says that it is 4 octets long; nothing behind it was"
                                + " read");
    }

    @Test
    void readsWhatIsThereOfAFileThatEndsEarly() {
        var whole =
                section(LITTLE_ENDIAN)
                        .interfaceBlock(1, 0)
                        .packet(0, 1, FRAME, FRAME.length)
                        .packet(0, 1, FRAME, FRAME.length)
                        .bytes();
        var seen = Seen.in(part(whole, 0, whole.length - 2));
        assertThat(seen.calls()).containsExactly("1 c");
        assertThat(seen.gaps).extracting(Gap::kind).containsExactly(Gap.Kind.FILE);
    }
}
