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
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.u32;
import static referee.evidence.Packets.udp;

import org.junit.jupiter.api.Test;

class TunnelsTest {
    private static final String ROUTER = "198.51.100.1";
    private static final String PROBE = "198.51.100.2";
    private static final byte[] V4 = ipv4(ALICE, BOB, UDP, udp(5060, 5060, ok("c")));
    private static final byte[] V6 = ipv6(ALICE6, BOB6, UDP, udp(5060, 5060, ok("c")));
    private static final byte[] FRAME = ethernet(0x0800, V4);
    private static final String SEEN4 = "1 192.0.2.1:5060 > 192.0.2.2:5060 UDP c";
    private static final String SEEN6 = "1 [2001:db8::1]:5060 > [2001:db8::2]:5060 UDP c";

    @Test
    void opensGreWithEveryOptionalField() {
        reads(gre(u16(0, 0x0800), V4), SEEN4);
        reads(gre(u16(0, 0x86dd), V6), SEEN6);
        reads(gre(join(u16(0x8000, 0x0800), new byte[4]), V4), SEEN4);
        reads(gre(join(u16(0x2000, 0x0800), u32(7)), V4), SEEN4);
        reads(gre(join(u16(0xb000, 0x0800), new byte[12]), V4), SEEN4);
        reads(gre(u16(0, 0x6558), FRAME), SEEN4);
        reads(gre(u16(0, 0x8847), join(u16(1, 0x0140), V4)), SEEN4);
    }

    @Test
    void opensGreOverIpv6() {
        var packet = ipv6("2001:db8::11", "2001:db8::12", 47, join(u16(0, 0x0800), V4));
        reads(ethernet(0x86dd, packet), SEEN4);
    }

    @Test
    void opensPptp() {
        var header = join(u16(0x3081, 0x880b), new byte[12]);
        reads(gre(header, join(bytes(0xff, 3, 0, 0x21), V4)), SEEN4);
        reads(gre(header, join(bytes(0x21), V4)), SEEN4);
    }

    @Test
    void opensErspanOfEveryType() {
        reads(gre(u16(0, 0x88be), FRAME), SEEN4);
        reads(gre(join(u16(0x1000, 0x88be), u32(9), u32(0x1001_0000), u32(0)), FRAME), SEEN4);
        var third = join(u16(0x1000, 0x22eb), u32(9), u32(0x2001_0000), new byte[6]);
        reads(gre(join(third, u16(0)), FRAME), SEEN4);
        reads(gre(join(third, u16(1), new byte[8]), FRAME), SEEN4);
        reads(gre(join(third, u16(2 << 10)), V4), SEEN4);
    }

    @Test
    void opensIpInIp() {
        reads(ethernet(0x0800, ipv4(ROUTER, PROBE, 4, V4)), SEEN4);
        reads(ethernet(0x0800, ipv4(ROUTER, PROBE, 41, V6)), SEEN6);
        reads(ethernet(0x86dd, ipv6("2001:db8::11", "2001:db8::12", 4, V4)), SEEN4);
        reads(ethernet(0x0800, ipv4(ROUTER, PROBE, 137, join(u16(1, 0x0140), V4))), SEEN4);
    }

    @Test
    void opensVxlan() {
        var header = join(bytes(8, 0, 0, 0), u32(5 << 8));
        reads(over(4789, join(header, FRAME)), SEEN4);
        reads(over(8472, join(header, ethernet(0x86dd, V6))), SEEN6);
    }

    @Test
    void opensGtpWithItsOptionsAndExtensions() {
        var data = gtp(0x30, 0);
        reads(over(2152, join(data, V4)), SEEN4);
        var numbered = join(gtp(0x32, 4), new byte[4]);
        reads(over(2152, join(numbered, V4)), SEEN4);
        var extended = join(gtp(0x34, 12), bytes(0, 0, 0, 0x85));
        var extension = bytes(2, 1, 2, 3, 4, 5, 6, 0);
        reads(over(2152, join(extended, extension, V4)), SEEN4);
    }

    @Test
    void readsSipOnTheseDatagramPortsAsSip() {
        var frame = ethernet(0x0800, ipv4(ALICE, BOB, UDP, udp(5060, 4789, ok("c"))));
        reads(frame, "1 192.0.2.1:5060 > 192.0.2.2:4789 UDP c");
    }

    @Test
    void putsFragmentsOfTheTunnelTogether() {
        var inside = ipv4(ALICE, BOB, UDP, udp(5060, 5060, request("c", 2000)));
        var outer = join(u16(0, 0x0800), inside);
        var first = ipv4(ROUTER, PROBE, 47, 7, 0x2000, part(outer, 0, 1400));
        var second = ipv4(ROUTER, PROBE, 47, 7, 175, part(outer, 1400, outer.length));
        var seen = Seen.in(CaptureWriter.pcap().frames(eth(first), eth(second)));
        assertThat(seen.calls()).containsExactly("2 c");
    }

    @Test
    void opensNoEndlessNestOfTunnels() {
        var nest = V4;
        for (var i = 0; i < 200; i++) {
            nest =
                    switch (i % 3) {
                        case 0 -> ipv4(ROUTER, PROBE, 47, join(u16(0, 0x0800), nest));
                        case 1 -> vxlan(nest);
                        default -> ipv4(ROUTER, PROBE, 4, nest);
                    };
        }
        var seen = Seen.in(CaptureWriter.pcap().frame(eth(nest)));
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "link 1: packets in packets, more than 8 deep, are not opened, 1 frame");
    }

    @Test
    void tellsOfGreThatIsNotRead() {
        var routed = gre(u16(0x4000, 0x0800), V4);
        var future = gre(u16(3, 0x0800), V4);
        assertThat(Seen.in(CaptureWriter.pcap().frames(routed, future)).gapLines())
                .containsExactly("link 1: GRE of a kind that is not read here, 2 frames");
    }

    @Test
    void survivesTunnelsThatEndAnywhere() {
        var tunnels =
                new byte[][] {
                    gre(join(u16(0xb000, 0x0800), new byte[12]), V4),
                    gre(join(u16(0x1000, 0x22eb), u32(9), new byte[10], u16(1)), FRAME),
                    over(2152, join(bytes(0x34, 255), u16(0), u32(1), bytes(0, 0, 0, 1, 1, 0))),
                    over(2152, join(bytes(0x34, 255), u16(0), u32(1), bytes(0, 0, 0, 1, 0, 0))),
                    over(4789, join(bytes(8, 0, 0, 0), u32(5), FRAME)),
                };
        for (var tunnel : tunnels) {
            for (var length = 0; length < tunnel.length; length++) {
                var seen = Seen.in(CaptureWriter.pcap().frame(part(tunnel, 0, length)));
                assertThat(seen.sightings).hasSizeLessThan(2);
            }
        }
    }

    private static byte[] gtp(int flags, int options) {
        return join(bytes(flags, 255), u16(options + V4.length), u32(1));
    }

    private static byte[] vxlan(byte[] packet) {
        var payload = join(bytes(8, 0, 0, 0), u32(5), ethernet(0x0800, packet));
        return ipv4(ROUTER, PROBE, UDP, udp(50_000, 4789, payload));
    }

    private static byte[] eth(byte[] packet) {
        return ethernet(0x0800, packet);
    }

    private static byte[] gre(byte[] header, byte[] inside) {
        return eth(ipv4(ROUTER, PROBE, 47, join(header, inside)));
    }

    private static byte[] over(int port, byte[] payload) {
        return eth(ipv4(ROUTER, PROBE, UDP, udp(50_000, port, payload)));
    }

    private static void reads(byte[] frame, String line) {
        var seen = Seen.in(CaptureWriter.pcap().frame(frame));
        assertThat(seen.messages()).containsExactly(line);
        assertThat(seen.gapLines()).isEmpty();
    }
}
