// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

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
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.udp;

import org.junit.jupiter.api.Test;

class IpLayerTest {
    private static final byte[] PAYLOAD = udp(5060, 5060, ok("c"));

    @Test
    void passesOverTheOptionsOfIpv4() {
        var plain = ipv4(ALICE, BOB, UDP, PAYLOAD);
        var packet =
                join(
                        bytes(0x47, 0),
                        u16(plain.length + 8),
                        part(plain, 4, 20),
                        bytes(0x94, 4, 0, 0, 1, 1, 1, 0),
                        PAYLOAD);
        sees(ethernet(0x0800, packet));
    }

    @Test
    void readsAPacketWhoseLengthTheCardWasToFillIn() {
        var packet = ipv4(ALICE, BOB, UDP, PAYLOAD);
        packet[2] = packet[3] = 0;
        sees(ethernet(0x0800, packet));
    }

    @Test
    void passesOverTheExtensionHeadersOfIpv6() {
        var destination = join(bytes(UDP, 0, 1, 4, 0, 0, 0, 0), PAYLOAD);
        var routing = join(bytes(60, 2, 4, 0), new byte[20], destination);
        var hopByHop = join(bytes(43, 1, 1, 12), new byte[12], routing);
        sees(ethernet(0x86dd, ipv6(ALICE6, BOB6, 0, hopByHop)));
        var authentication = join(bytes(UDP, 4), new byte[22], PAYLOAD);
        sees(ethernet(0x86dd, ipv6(ALICE6, BOB6, 51, authentication)));
    }

    @Test
    void readsAnIpv6FragmentThatIsTheWholePacket() {
        var atomic = join(bytes(UDP, 0, 0, 0, 1, 2, 3, 4), PAYLOAD);
        sees(ethernet(0x86dd, ipv6(ALICE6, BOB6, 44, atomic)));
    }

    @Test
    void tellsOnceOfProtocolsThatMayCarrySipAndAreNotRead() {
        var capture = CaptureWriter.pcap();
        for (var protocol : new int[] {50, 1, 50, 2}) {
            capture.frame(ethernet(0x0800, ipv4(ALICE, BOB, protocol, PAYLOAD)));
        }
        assertThat(Seen.in(capture).gapLines())
                .containsExactly("link 1: ESP is encrypted, 2 frames");
    }

    @Test
    void survivesPacketsThatEndAnywhere() {
        var packets =
                new byte[][] {
                    ethernet(0x0800, ipv4(ALICE, BOB, UDP, PAYLOAD)),
                    ethernet(
                            0x86dd,
                            ipv6(ALICE6, BOB6, 0, join(bytes(UDP, 0), new byte[6], PAYLOAD)))
                };
        for (var packet : packets) {
            for (var length = 0; length < packet.length; length++) {
                var seen = Seen.in(CaptureWriter.pcap().frame(part(packet, 0, length)));
                assertThat(seen.sightings).hasSizeLessThan(2);
            }
        }
    }

    private static void sees(byte[] frame) {
        assertThat(Seen.in(CaptureWriter.pcap().frame(frame)).calls()).containsExactly("1 c");
    }
}
