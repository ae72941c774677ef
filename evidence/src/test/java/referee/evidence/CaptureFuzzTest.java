// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.ALICE;
import static referee.evidence.Packets.ALICE6;
import static referee.evidence.Packets.BOB;
import static referee.evidence.Packets.BOB6;
import static referee.evidence.Packets.UDP;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.datagram;
import static referee.evidence.Packets.ethernet;
import static referee.evidence.Packets.ipv4;
import static referee.evidence.Packets.ipv6;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.toAlice;
import static referee.evidence.Packets.toBob;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.udp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damaged captures of every kind: whatever the bytes are, reading them ends in an account, or in
/// the one exception that says why not.
class CaptureFuzzTest {
    private static final int ROUNDS = 1500;

    @Test
    void readsDamagedCapturesToTheirEnd() {
        var captures = captures();
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var damaged = damage(captures.get(random.nextInt(captures.size())), random);
            var seen = new Seen();
            try {
                var account =
                        Evidence.read(new ByteArrayInputStream(damaged), "seed " + seed, seen);
                assertThat(account.messages()).isEqualTo(seen.sightings.size());
                assertThat(account.gaps()).isEqualTo(seen.gaps.size());
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /// Flips bits, cuts, repeats and overwrites; mostly a little, sometimes a lot.
    private static byte[] damage(byte[] capture, SplittableRandom random) {
        var damaged = capture.clone();
        for (var i = random.nextInt(1, 30); i > 0; i--) {
            var at = random.nextInt(damaged.length);
            switch (random.nextInt(6)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 2 -> {
                    if (random.nextInt(8) == 0) damaged = part(damaged, 0, at + 1);
                }
                case 3 -> {
                    var from = random.nextInt(damaged.length);
                    var length = Math.min(damaged.length - Math.max(at, from), 100);
                    System.arraycopy(capture, from, damaged, at, length);
                }
                default -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return damaged;
    }

    private static List<byte[]> captures() {
        var pcap = CaptureWriter.pcap();
        var big = CaptureWriter.pcapng(BIG_ENDIAN).section().interfaceBlock(1, 0);
        var little =
                CaptureWriter.pcapng(LITTLE_ENDIAN)
                        .section()
                        .interfaceBlock(1, 0, new byte[] {9, 0, 1, 0, 9, 0, 0, 0});
        var cooked = CaptureWriter.pcap(BIG_ENDIAN, PcapReader.MAGIC_NANOS, 276);
        for (var frame : frames()) {
            pcap.frame(frame);
            big.packet(0, 7, frame, frame.length);
            little.simplePacket(frame, frame.length).oldPacket(0, 9, frame);
            cooked.frame(join(part(frame, 12, 14), new byte[18], part(frame, 14, frame.length)));
        }
        return List.of(
                pcap.bytes(), big.bytes(), little.bytes(), cooked.bytes(), pcap.gzipped(), hep());
    }

    private static byte[] hep() {
        return join(HepReportsTest.sample("a"), HepReportsTest.sample("b"));
    }

    private static byte[][] frames() {
        var none = new byte[0];
        var a = request("a", 300);
        var whole = udp(5060, 5060, request("f", 2000));
        var inside = datagram(ok("i"));
        var fragment6 = join(bytes(UDP, 0), u16(0, 0, 7), whole);
        return new byte[][] {
            datagram(ok("u")),
            ethernet(0x8100, join(u16(1, 0x0800), ipv4(ALICE, BOB, UDP, udp(1, 2, a)))),
            ethernet(0x86dd, ipv6(ALICE6, BOB6, UDP, udp(5060, 5060, a))),
            ethernet(0x86dd, ipv6(ALICE6, BOB6, 44, fragment6)),
            ethernet(0x0800, ipv4(ALICE, BOB, UDP, 7, 0x2000, part(whole, 0, 1480))),
            ethernet(0x0800, ipv4(ALICE, BOB, UDP, 7, 185, part(whole, 1480, whole.length))),
            toBob(99, 0, "S", none),
            toAlice(499, 100, "SA", none),
            toBob(100, 500, "A", part(a, 0, 100)),
            toBob(250, 500, "A", part(a, 150, a.length)),
            toBob(200, 500, "A", part(a, 100, 150)),
            toAlice(500, 100L + a.length, "A", join(ok("a"), ok("a"))),
            toBob(100L + a.length, 700, "FA", none),
            ethernet(0x0800, ipv4(ALICE, BOB, 47, join(u16(0x1000, 0x88be), new byte[12], inside))),
            ethernet(
                    0x0800,
                    ipv4(ALICE, BOB, UDP, udp(1, 4789, join(bytes(8), new byte[7], inside)))),
            ethernet(0x0800, ipv4(ALICE, BOB, UDP, udp(1, 9060, HepReportsTest.sample("h")))),
            ethernet(
                    0x0800,
                    ipv4(BOB, ALICE, 1, join(bytes(3, 3), new byte[6], part(inside, 14, 90)))),
            SctpChunksTest.whole("s"),
            toBob(5000, 0, "S", none),
            toBob(5001, 0, "A", WebSocketContentTest.stream("w")),
            toBob(9000, 0, "S", none),
            toBob(9001, 0, "A", request("again", 10)),
        };
    }
}
