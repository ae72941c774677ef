// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.ALICE;
import static referee.evidence.Packets.BOB;
import static referee.evidence.Packets.UDP;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.datagram;
import static referee.evidence.Packets.ethernet;
import static referee.evidence.Packets.ipv4;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.text;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.udp;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatagramsTest {
    private static final int HEADERS = 14 + 20 + 8;

    @Test
    void findsSipOnAnyPort() {
        var frame = ethernet(0x0800, ipv4(ALICE, BOB, UDP, udp(40_001, 17, ok("c"))));
        assertThat(Seen.in(CaptureWriter.pcap().frame(frame)).messages())
                .containsExactly("1 192.0.2.1:40001 > 192.0.2.2:17 UDP c");
    }

    @Test
    void keepsTheBytesOfTheMessageAsTheyWere() {
        var message = request("c", 100);
        var seen = Seen.in(CaptureWriter.pcap().frame(datagram(message)));
        assertThat(seen.sightings.getFirst().message().bytes().copy()).isEqualTo(message);
    }

    @Test
    void goesByInSilenceWhatIsNoSip() {
        var capture = CaptureWriter.pcap();
        capture.frame(datagram(text("\r\n\r\n")));
        capture.frame(datagram(text("\r\n")));
        capture.frame(datagram(text("jaK")));
        capture.frame(datagram(new byte[4]));
        capture.frame(datagram(new byte[0]));
        capture.frame(datagram(bytes(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42)));
        capture.frame(datagram(bytes(0x80, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
        capture.frame(datagram(text("M-SEARCH * HTTP/1.1\r\nHost: 192.0.2.9\r\n\r\n")));
        var seen = Seen.in(capture);
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void givesAMessageThatIsCutInItsBodyAndSaysSo() {
        var message = request("c", 500);
        var frame = datagram(message);
        var seen = Seen.in(CaptureWriter.pcap().frame(frame, frame.length - 400));
        assertThat(seen.messages())
                .containsExactly(
                        "1 192.0.2.1:5060 > 192.0.2.2:5060 UDP c"
                                + " [body-shorter-than-content-length]");
        assertThat(seen.gapLines())
                .containsExactly(
                        "snaplen 1: cut off after %d of %d octets"
                                .formatted(frame.length - 400, frame.length));
        assertThat(seen.gaps.getFirst().between())
                .hasValueSatisfying(path -> assertThat(path.from().port()).isEqualTo(5060));
    }

    @Test
    void givesOnlyAGapForAMessageThatIsCutInItsHeaders() {
        for (var kept = HEADERS + 16; kept < HEADERS + 80; kept++) {
            var seen = Seen.in(CaptureWriter.pcap().frame(datagram(request("c", 500)), kept));
            assertThat(seen.messages()).isEmpty();
            assertThat(seen.gapLines())
                    .as("%d kept", kept)
                    .containsExactly("snaplen 1: cut off after " + kept + " of 629 octets");
        }
    }

    @Test
    void makesNoGapOfMediaThatIsCut() {
        var media = new byte[172];
        Arrays.fill(media, (byte) 0x80);
        var seen = Seen.in(CaptureWriter.pcap().frame(datagram(media), 100));
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void tellsOnceOfPacketsThatAreCutBeforeTheirContent() {
        var frame = datagram(ok("c"));
        var capture =
                CaptureWriter.pcap()
                        .frame(frame, HEADERS)
                        .frame(frame, HEADERS - 5)
                        .frame(frame, HEADERS + 3);
        assertThat(Seen.in(capture).gapLines())
                .containsExactly("snaplen 1: UDP cut off before its content, 3 frames");
    }

    @Test
    void takesNoMoreThanTheLengthInTheUdpHeader() {
        var datagram = join(u16(5060, 5060, 8 + ok("c").length, 0), ok("c"), text("behind"));
        var frame = ethernet(0x0800, ipv4(ALICE, BOB, UDP, datagram));
        assertThat(Seen.in(CaptureWriter.pcap().frame(frame)).messages())
                .containsExactly("1 192.0.2.1:5060 > 192.0.2.2:5060 UDP c");
    }

    @Test
    void takesWhatIsThereIfTheUdpHeaderPromisesMoreOrNothing() {
        for (var length : new int[] {60_000, 0, 3}) {
            var datagram = join(u16(5060, 5060, length, 0), ok("c"));
            var frame = ethernet(0x0800, ipv4(ALICE, BOB, UDP, datagram));
            assertThat(Seen.in(CaptureWriter.pcap().frame(frame)).calls()).containsExactly("1 c");
        }
    }
}
