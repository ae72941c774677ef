// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.ALICE;
import static referee.evidence.Packets.ALICE6;
import static referee.evidence.Packets.BOB;
import static referee.evidence.Packets.BOB6;
import static referee.evidence.Packets.UDP;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.ethernet;
import static referee.evidence.Packets.ipv4;
import static referee.evidence.Packets.ipv6;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.udp;

import org.junit.jupiter.api.Test;

class LinkLayerTest {
    private static final byte[] PAYLOAD = udp(5060, 5060, ok("c"));
    private static final byte[] V4 = ipv4(ALICE, BOB, UDP, PAYLOAD);
    private static final byte[] V6 = ipv6(ALICE6, BOB6, UDP, PAYLOAD);
    private static final String SEEN4 = "1 192.0.2.1:5060 > 192.0.2.2:5060 UDP c";
    private static final String SEEN6 = "1 [2001:db8::1]:5060 > [2001:db8::2]:5060 UDP c";

    @Test
    void readsEthernet() {
        reads(1, ethernet(0x0800, V4), SEEN4);
        reads(1, ethernet(0x86dd, V6), SEEN6);
    }

    @Test
    void leavesOutThePaddingOfEthernet() {
        reads(1, join(ethernet(0x0800, V4), new byte[20]), SEEN4);
        reads(1, join(ethernet(0x86dd, V6), new byte[20]), SEEN6);
    }

    @Test
    void readsVlanTagsInTagsOfEveryKind() {
        var inner = join(u16(5, 0x0800), V4);
        reads(1, ethernet(0x8100, inner), SEEN4);
        reads(1, ethernet(0x88a8, join(u16(7, 0x8100), inner)), SEEN4);
        reads(1, ethernet(0x9100, join(u16(7, 0x8100), inner)), SEEN4);
    }

    @Test
    void readsPppoeSessions() {
        var session = join(bytes(0x11, 0), u16(1, V4.length + 2, 0x0021), V4);
        reads(1, ethernet(0x8864, session), SEEN4);
    }

    @Test
    void readsPpp() {
        reads(9, join(u16(0x0021), V4), SEEN4);
        reads(9, join(bytes(0x21), V4), SEEN4);
        reads(50, join(bytes(0xff, 3, 0, 0x57), V6), SEEN6);
    }

    @Test
    void readsMplsDownToItsLastLabel() {
        var labels = join(u16(1, 0x0040), u16(2, 0x0140));
        reads(1, ethernet(0x8847, join(labels, V4)), SEEN4);
        reads(1, ethernet(0x8847, join(labels, V6)), SEEN6);
        reads(1, ethernet(0x8847, join(labels, new byte[4], ethernet(0x0800, V4))), SEEN4);
    }

    @Test
    void readsNoEndlessLabels() {
        var seen = Seen.in(capture(1).frame(ethernet(0x8847, new byte[1400])));
        assertThat(seen.messages()).isEmpty();
    }

    @Test
    void readsLinuxCookedCaptures() {
        reads(113, join(new byte[14], u16(0x0800), V4), SEEN4);
        reads(276, join(u16(0x86dd), new byte[18], V6), SEEN6);
    }

    @Test
    void readsLoopbacksInTheByteOrderOfTheirMachine() {
        reads(0, join(bytes(2, 0, 0, 0), V4), SEEN4);
        reads(0, join(bytes(0, 0, 0, 2), V4), SEEN4);
        reads(0, join(bytes(30, 0, 0, 0), V6), SEEN6);
        reads(108, join(bytes(0, 0, 0, 24), V6), SEEN6);
    }

    @Test
    void readsRawIp() {
        for (var type : new int[] {12, 14, 101}) {
            reads(type, V4, SEEN4);
            reads(type, V6, SEEN6);
        }
        reads(228, V4, SEEN4);
        reads(229, V6, SEEN6);
    }

    @Test
    void readsIpInIp() {
        reads(101, ipv4("198.51.100.1", "198.51.100.2", 4, V4), SEEN4);
        reads(101, ipv4("198.51.100.1", "198.51.100.2", 41, V6), SEEN6);
    }

    @Test
    void opensNoEndlessNestOfPackets() {
        var nest = V4;
        for (var i = 0; i < 100; i++) nest = ipv4(ALICE, BOB, 4, nest);
        var seen = Seen.in(capture(101).frame(nest));
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "link 1: packets in packets, more than 8 deep, are not opened, 1 frame");
    }

    @Test
    void tellsOnceOfALinkTypeThatIsNotRead() {
        var seen = Seen.in(capture(147).frames(V4, V4, V4));
        assertThat(seen.gapLines())
                .containsExactly("link 1: link type 147 is not read here, 3 frames");
    }

    @Test
    void passesOverOtherProtocolsInSilence() {
        var seen = Seen.in(capture(1).frames(ethernet(0x0806, new byte[28]), new byte[5]));
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines()).isEmpty();
    }

    private static void reads(int linkType, byte[] frame, String line) {
        var seen = Seen.in(capture(linkType).frame(frame));
        assertThat(seen.messages()).containsExactly(line);
        assertThat(seen.gapLines()).isEmpty();
    }

    private static CaptureWriter capture(int linkType) {
        return CaptureWriter.pcap(LITTLE_ENDIAN, PcapReader.MAGIC_MICROS, linkType);
    }
}
