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
import static referee.evidence.Packets.udp;

import org.junit.jupiter.api.Test;

class IcmpErrorsTest {
    private static final String ROUTER = "198.51.100.1";
    private static final byte[] SENT = ipv4(ALICE, BOB, UDP, udp(5060, 5061, request("c", 600)));
    private static final byte[] SENT6 = ipv6(ALICE6, BOB6, UDP, udp(5060, 5061, ok("c")));

    @Test
    void namesTheRouterAndBothEndsOfThePacketItQuotes() {
        assertThat(said(icmp(3, 1, part(SENT, 0, 548))))
                .isEqualTo("1 198.51.100.1: 192.0.2.1:5060 > 192.0.2.2:5061 host");
    }

    @Test
    void knowsEveryReason() {
        assertThat(said(icmp(3, 0, SENT))).endsWith(" network");
        assertThat(said(icmp(3, 2, SENT))).endsWith(" protocol");
        assertThat(said(icmp(3, 3, SENT))).endsWith(" port");
        assertThat(said(icmp(3, 4, SENT))).endsWith(" too-big");
        assertThat(said(icmp(3, 13, SENT))).endsWith(" prohibited");
        assertThat(said(icmp(11, 0, SENT))).endsWith(" loop");
        assertThat(said(icmp(11, 1, SENT))).endsWith(" reassembly");
        assertThat(said(icmp6(1, 0, SENT6))).endsWith(" network");
        assertThat(said(icmp6(1, 1, SENT6))).endsWith(" prohibited");
        assertThat(said(icmp6(1, 3, SENT6))).endsWith(" host");
        assertThat(said(icmp6(2, 0, SENT6))).endsWith(" too-big");
        assertThat(said(icmp6(3, 0, SENT6))).endsWith(" loop");
        assertThat(said(icmp6(1, 4, SENT6)))
                .isEqualTo("1 2001:db8::9: [2001:db8::1]:5060 > [2001:db8::2]:5061 port");
    }

    @Test
    void takesAQuoteThatEndsWithThePortsIfBothEndsHaveSpokenSip() {
        var quote = icmp(3, 3, part(SENT, 0, 28));
        assertThat(Seen.in(CaptureWriter.pcap().frame(quote)).errors).isEmpty();
        var seen = Seen.in(CaptureWriter.pcap().frames(ethernet(0x0800, SENT), quote));
        assertThat(seen.errors).hasSize(1);
        assertThat(seen.errors.getFirst().frame()).isEqualTo(2);
    }

    @Test
    void passesOverPingsAndErrorsAboutMedia() {
        var media = ipv4(ALICE, BOB, UDP, udp(10_000, 10_002, new byte[172]));
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        icmp(8, 0, SENT),
                                        icmp(0, 0, SENT),
                                        icmp(5, 1, SENT),
                                        icmp(3, 3, media),
                                        icmp(3, 3, part(media, 0, 28))));
        assertThat(seen.errors).isEmpty();
        assertThat(seen.gapLines()).isEmpty();
        assertThat(seen.sightings).isEmpty();
    }

    @Test
    void survivesQuotesThatEndAnywhere() {
        for (var frame : new byte[][] {icmp(3, 3, SENT), icmp6(1, 4, SENT6)}) {
            for (var length = 0; length < frame.length; length++) {
                var seen = Seen.in(CaptureWriter.pcap().frame(part(frame, 0, length)));
                assertThat(seen.errors).hasSizeLessThan(2);
            }
        }
    }

    private static String said(byte[] frame) {
        var seen = Seen.in(CaptureWriter.pcap().frame(frame));
        assertThat(seen.errors).hasSize(1);
        var error = seen.errors.getFirst();
        return error.frame()
                + (" " + error.by() + ": " + error.from() + " > " + error.to() + " ")
                + error.reason().word();
    }

    private static byte[] icmp(int type, int code, byte[] quote) {
        var content = join(bytes(type, code, 0, 0, 0, 0, 0, 0), quote);
        return ethernet(0x0800, ipv4(ROUTER, ALICE, 1, content));
    }

    private static byte[] icmp6(int type, int code, byte[] quote) {
        var content = join(bytes(type, code, 0, 0, 0, 0, 0, 0), quote);
        return ethernet(0x86dd, ipv6("2001:db8::9", ALICE6, 58, content));
    }
}
