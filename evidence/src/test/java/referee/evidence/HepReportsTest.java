// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.ALICE;
import static referee.evidence.Packets.ALICE6;
import static referee.evidence.Packets.BOB;
import static referee.evidence.Packets.BOB6;
import static referee.evidence.Packets.UDP;
import static referee.evidence.Packets.address;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.ethernet;
import static referee.evidence.Packets.ipv4;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.text;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.u32;
import static referee.evidence.Packets.udp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HepReportsTest {
    private static final Instant REPORTED = Instant.parse("2026-03-02T10:00:00.250Z");

    @Test
    void takesAddressesTimeAndTransportFromTheReport() {
        var seen = Seen.in(CaptureWriter.pcap().frame(carried(9060, report(6, payload(ok("c"))))));
        assertThat(seen.messages()).containsExactly("1 192.0.2.1:5060 > 192.0.2.2:5070 TCP c");
        assertThat(seen.sightings.getFirst().at()).isEqualTo(REPORTED);
    }

    @Test
    void countsTheTimeOfTheReportsWhereAllWasReported() {
        var capture = CaptureWriter.pcap().frame(carried(9060, report(17, payload(ok("c")))));
        var account = new Seen().read(capture.bytes());
        assertThat(account.from()).contains(REPORTED);
        assertThat(account.to()).contains(REPORTED);
        capture.frame(Packets.datagram(ok("d")));
        assertThat(new Seen().read(capture.bytes()).to())
                .contains(Instant.ofEpochSecond(1_700_000_001));
    }

    @Test
    void knowsReportsOnAnyPortAndTheTransportsThatHaveNoNumber() {
        assertThat(transport(17)).isEqualTo("UDP");
        assertThat(transport(132)).isEqualTo("SCTP");
        assertThat(transport(22)).isEqualTo("TLS");
        assertThat(transport(50)).isEqualTo("WS");
    }

    private static String transport(int protocol) {
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frame(carried(17, report(protocol, payload(ok("c"))))));
        return seen.sightings.getFirst().transport().name();
    }

    @Test
    void readsIpv6() {
        var chunks =
                join(
                        chunk(1, bytes(10)),
                        chunk(5, address(ALICE6)),
                        chunk(6, address(BOB6)),
                        chunk(7, u16(5060)),
                        chunk(8, u16(5061)),
                        payload(ok("c")));
        assertThat(Seen.in(CaptureWriter.pcap().frame(carried(9060, hep3(chunks)))).messages())
                .containsExactly("1 [2001:db8::1]:5060 > [2001:db8::2]:5061 UDP c");
    }

    @Test
    void unpacksCompressedPayloads() throws IOException {
        for (var packed : new byte[][] {zlib(request("c", 900)), gzip(request("c", 900))}) {
            var frame = carried(9060, report(17, chunk(16, packed)));
            var seen = Seen.in(CaptureWriter.pcap().frame(frame));
            assertThat(seen.calls()).containsExactly("1 c");
            assertThat(seen.sightings.getFirst().message().bytes().copy())
                    .isEqualTo(request("c", 900));
        }
    }

    @Test
    void refusesPayloadsThatAreDamagedOrUnpackWithoutEnd() throws IOException {
        var bomb = zlib(join(request("c", 0), new byte[40_000_000]));
        var damaged = zlib(request("c", 900));
        damaged[20] ^= 0x55;
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frame(carried(9060, report(17, chunk(16, bomb))))
                                .frame(carried(9060, report(17, chunk(16, damaged)))));
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "source 1: HEP reports whose payload cannot be unpacked, 2 frames");
    }

    @Test
    void passesOverReportsAboutOtherThings() {
        var rtcp = join(chunk(11, bytes(5)), payload(text("{\"x\":1}")));
        var log = join(chunk(11, bytes(100)), payload(ok("c")));
        var vendor = join(u16(7, 15), u16(6 + ok("v").length), ok("v"));
        var capture = CaptureWriter.pcap();
        for (var rest : new byte[][] {rtcp, log, vendor}) {
            capture.frame(carried(9060, report(17, rest)));
        }
        var seen = Seen.in(capture);
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void readsVersionsOneAndTwo() {
        var v4 = join(bytes(2, UDP), u16(5060, 5070), address(ALICE), address(BOB));
        var v6 = join(bytes(10, 6), u16(5060, 5070), address(ALICE6), address(BOB6));
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frame(carried(9060, join(bytes(1, 16), v4, ok("c"))))
                                .frame(carried(9060, join(bytes(1, 40), v6, ok("c"))))
                                .frame(carried(9060, join(bytes(2, 28), v4, time(true), ok("c"))))
                                .frame(carried(9060, join(bytes(2, 28), v4, time(false), ok("c"))))
                                .frame(carried(9060, join(bytes(2, 52), v6, time(true), ok("c")))));
        assertThat(seen.messages())
                .containsExactly(
                        "1 192.0.2.1:5060 > 192.0.2.2:5070 UDP c",
                        "2 [2001:db8::1]:5060 > [2001:db8::2]:5070 TCP c",
                        "3 192.0.2.1:5060 > 192.0.2.2:5070 UDP c",
                        "4 192.0.2.1:5060 > 192.0.2.2:5070 UDP c",
                        "5 [2001:db8::1]:5060 > [2001:db8::2]:5070 TCP c");
        for (var i = 2; i < 5; i++) assertThat(seen.sightings.get(i).at()).isEqualTo(REPORTED);
    }

    private static byte[] time(boolean littleEndian) {
        var bytes = join(u32(REPORTED.getEpochSecond()), u32(250_000), u32(0));
        if (!littleEndian) return bytes;
        var turned = new byte[12];
        for (var i = 0; i < 12; i++) turned[i] = bytes[(i & ~3) + 3 - (i & 3)];
        return turned;
    }

    @Test
    void readsReportsOverTcpHoweverTheyAreCut() {
        var stream =
                join(
                        report(17, payload(ok("a"))),
                        report(17, payload(request("b", 3000))),
                        report(17, payload(ok("c"))));
        for (var size : new int[] {1, 7, 100, 1400}) {
            var capture = CaptureWriter.pcap().frame(segment(99, "S", new byte[0]));
            for (var at = 0; at < stream.length; at += size) {
                var piece = part(stream, at, Math.min(stream.length, at + size));
                capture.frame(segment(100 + at, "A", piece));
            }
            var seen = Seen.in(capture);
            assertThat(seen.sightings).as("cut into %d", size).hasSize(3);
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void findsTheNextReportBehindALoss() {
        var stream = join(report(17, payload(request("a", 3000))), report(17, payload(ok("b"))));
        var capture =
                CaptureWriter.pcap()
                        .frame(segment(99, "S", new byte[0]))
                        .frame(segment(100, "A", part(stream, 0, 1000)))
                        .frame(segment(2100, "A", part(stream, 2000, stream.length)));
        assertThat(Seen.in(capture).sightings).hasSize(1);
    }

    @Test
    void readsAStreamOfReportsAsAFileOfItsOwn() {
        var seen = new Seen();
        var account =
                seen.read(
                        join(
                                report(17, payload(ok("a"))),
                                text("noise"),
                                report(17, payload(ok("b"))),
                                part(report(17, payload(ok("c"))), 0, 90)));
        assertThat(seen.calls()).containsExactly("1 a", "2 b");
        assertThat(account.kind()).isEqualTo("hep");
        assertThat(account.frames()).isEqualTo(2);
        assertThat(account.to()).contains(REPORTED);
        assertThat(seen.gapLines())
                .containsExactly(
                        "file 2: 5 octets are no HEP report",
                        "file 3: the file ends early, inside a report");
    }

    @Test
    void survivesReportsThatContradictThemselves() {
        var good = report(17, payload(ok("c")));
        for (var length = 0; length < good.length; length++) {
            Seen.in(CaptureWriter.pcap().frame(carried(9060, part(good, 0, length))));
        }
        for (var at = 4; at < good.length; at++) {
            for (var value : new int[] {0, 1, 5, 255}) {
                var bad = good.clone();
                bad[at] = (byte) value;
                assertThat(Seen.in(CaptureWriter.pcap().frame(carried(9060, bad))).sightings)
                        .hasSizeLessThan(2);
            }
        }
    }

    /// A report of a message with this Call-ID.
    static byte[] sample(String callId) {
        return report(17, payload(ok(callId)));
    }

    private static byte[] report(int protocol, byte[] rest) {
        return hep3(
                join(
                        chunk(1, bytes(2)),
                        chunk(2, bytes(protocol)),
                        chunk(3, address(ALICE)),
                        chunk(4, address(BOB)),
                        chunk(7, u16(5060)),
                        chunk(8, u16(5070)),
                        chunk(9, u32(REPORTED.getEpochSecond())),
                        chunk(10, u32(250_000)),
                        rest));
    }

    private static byte[] payload(byte[] message) {
        return chunk(15, message);
    }

    private static byte[] hep3(byte[] chunks) {
        return join(text("HEP3"), u16(6 + chunks.length), chunks);
    }

    private static byte[] chunk(int type, byte[] value) {
        return join(u16(0, type, 6 + value.length), value);
    }

    private static byte[] carried(int port, byte[] report) {
        return ethernet(
                0x0800, ipv4("198.51.100.1", "198.51.100.2", UDP, udp(40_000, port, report)));
    }

    private static byte[] segment(long sequence, String flags, byte[] content) {
        var tcp = Packets.tcp(40_000, 9060, sequence, 0, flags, content);
        return ethernet(0x0800, ipv4("198.51.100.1", "198.51.100.2", Packets.TCP, tcp));
    }

    private static byte[] zlib(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packing = new DeflaterOutputStream(out)) {
            packing.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(out)) {
            packing.write(content);
        }
        return out.toByteArray();
    }
}
