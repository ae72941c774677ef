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
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.u32;
import static referee.evidence.Packets.udp;

import org.junit.jupiter.api.Test;

class FragmentsTest {
    private static final int MORE = 0x2000;
    private static final byte[] WHOLE = udp(5060, 5060, request("c", 3000));
    private static final String SEEN = "192.0.2.1:5060 > 192.0.2.2:5060 UDP c";

    private static byte[] fragment(int id, byte[] of, int from, int to) {
        var place = from / 8 | (to < of.length ? MORE : 0);
        var here = part(of, from, Math.min(to, of.length));
        return ethernet(0x0800, ipv4(ALICE, BOB, UDP, id, place, here));
    }

    private static byte[] fragment(int from, int to) {
        return fragment(7, WHOLE, from, to);
    }

    @Test
    void joinsFragmentsInOrderUnderTheNumberOfTheLastOne() {
        sees("3 " + SEEN, fragment(0, 1480), fragment(1480, 2960), fragment(2960, 9999));
    }

    @Test
    void joinsFragmentsInAnyOrder() {
        sees("3 " + SEEN, fragment(2960, 9999), fragment(1480, 2960), fragment(0, 1480));
        sees("3 " + SEEN, fragment(1480, 2960), fragment(2960, 9999), fragment(0, 1480));
    }

    @Test
    void leavesOutDuplicates() {
        sees(
                "4 " + SEEN,
                fragment(0, 1480),
                fragment(0, 1480),
                fragment(1480, 2960),
                fragment(2960, 9999));
    }

    @Test
    void keepsWhatCameFirstWhereFragmentsOverlap() {
        var forged = WHOLE.clone();
        for (var i = 1000; i < forged.length; i++) forged[i] = 'x';
        var seen =
                sees(
                        "3 " + SEEN,
                        fragment(0, 2000),
                        fragment(7, forged, 1000, 2960),
                        fragment(2960, 9999));
        var body = seen.sightings.getFirst().message().body().text();
        assertThat(body)
                .startsWith("b".repeat(2000 - 1000))
                .contains("x".repeat(960))
                .endsWith("b");
        assertThat(body.indexOf('x')).isEqualTo(2000 - (WHOLE.length - 3000));
    }

    @Test
    void keepsPacketsApartThatAreOnTheirWayTogether() {
        var other = udp(5060, 5060, request("d", 2000));
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        fragment(8, other, 1480, 9999),
                                        fragment(0, 1480),
                                        fragment(8, other, 0, 1480),
                                        fragment(1480, 9999)));
        assertThat(seen.calls()).containsExactly("3 d", "4 c");
    }

    @Test
    void joinsFragmentsOfIpv6() {
        var capture = CaptureWriter.pcap();
        for (var from = 0; from < WHOLE.length; from += 1400) {
            var to = Math.min(from + 1400, WHOLE.length);
            var more = to < WHOLE.length ? 1 : 0;
            var header = join(bytes(UDP, 0), u16(from | more), u32(0x12345678));
            var content = join(header, part(WHOLE, from, to));
            capture.frame(ethernet(0x86dd, ipv6(ALICE6, BOB6, 44, content)));
        }
        assertThat(Seen.in(capture).messages())
                .containsExactly("3 [2001:db8::1]:5060 > [2001:db8::2]:5060 UDP c");
    }

    @Test
    void tellsOfAMessageWhoseFragmentsAreNotAllThere() {
        var seen = Seen.in(CaptureWriter.pcap().frames(fragment(0, 1480), fragment(2960, 9999)));
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "fragment 1: fragments with %d of %d octets"
                                .formatted(WHOLE.length - 1480, WHOLE.length));
        assertThat(seen.gaps.getFirst().between())
                .contains(new Gap.Path(new Endpoint(ALICE, 5060), new Endpoint(BOB, 5060)));
    }

    @Test
    void tellsOfAMessageWhoseLastFragmentIsMissing() {
        assertThat(Seen.in(CaptureWriter.pcap().frame(fragment(0, 1480))).gapLines())
                .containsExactly("fragment 1: fragments with 1480 octets, the last one missing");
    }

    @Test
    void tellsHowMuchIsThereOfAPacketWhoseFragmentsTheCaptureCutOff() {
        var capture =
                CaptureWriter.pcap().frame(fragment(0, 1480), 114).frame(fragment(1480, 9999));
        assertThat(Seen.in(capture).gapLines())
                .containsExactly(
                        "fragment 1: fragments with %d of %d octets"
                                .formatted(80 + WHOLE.length - 1480, WHOLE.length));
    }

    @Test
    void makesNoGapOfMediaThatIsNotWhole() {
        var media = udp(40_000, 40_002, new byte[3000]);
        var capture = CaptureWriter.pcap();
        for (var id = 0; id < 50; id++) capture.frame(fragment(id, media, 0, 1480));
        assertThat(Seen.in(capture).gapLines()).isEmpty();
    }

    @Test
    void tellsOnceOfPacketsWithoutTheirFirstFragment() {
        var capture = CaptureWriter.pcap();
        for (var id = 0; id < 50; id++) capture.frame(fragment(id, WHOLE, 1480, 2960));
        assertThat(Seen.in(capture).gapLines())
                .containsExactly(
                        "fragment 1: IP packets without their first fragment, so that nobody can"
                                + " tell what they held, 50 frames");
    }

    @Test
    void doesNotMixPacketsThatUseAnIdentificationAgain() {
        var capture = CaptureWriter.pcap();
        capture.frame(100, 0, fragment(0, 1480), 1514);
        var last = fragment(1480, 9999);
        capture.frame(131, 0, last, last.length);
        var seen = Seen.in(capture);
        assertThat(seen.messages()).isEmpty();
        assertThat(seen.gaps).hasSize(2);
    }

    @Test
    void holdsNoMorePacketsThanItsLimit() {
        var capture = CaptureWriter.pcap();
        var first = fragment(0, 1480);
        for (var id = 0; id <= Fragments.MAX_PACKETS; id++) {
            first[18] = (byte) (id >> 8);
            first[19] = (byte) id;
            capture.frame(1, 0, first.clone(), first.length);
        }
        var seen = Seen.in(capture);
        assertThat(seen.gaps).hasSize(Fragments.MAX_PACKETS + 1);
        assertThat(seen.gaps).filteredOn(gap -> gap.kind() == Gap.Kind.LIMIT).hasSize(1);
    }

    private static Seen sees(String line, byte[]... frames) {
        var seen = Seen.in(CaptureWriter.pcap().frames(frames));
        assertThat(seen.messages()).containsExactly(line);
        assertThat(seen.gapLines()).isEmpty();
        return seen;
    }
}
