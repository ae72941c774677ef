// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.toBob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// On a recording with every cipher suite that is read here; `record.py` beside it is its recipe.
class TlsContentTest {
    private static final int SECTION = 28;

    private static byte[] recording() throws IOException {
        return resource("suites.pcapng");
    }

    private static KeyLog keys() throws IOException {
        var keys = KeyLog.none();
        keys.add(new String(resource("suites.keys"), ISO_8859_1));
        return keys;
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = TlsContentTest.class.getResourceAsStream("tls/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Seen read(byte[] capture, KeyLog keys) throws IOException {
        var seen = new Seen();
        Evidence.read(new ByteArrayInputStream(capture), "test", keys, seen);
        return seen;
    }

    private static SortedSet<String> calls(Seen seen) {
        var calls = new TreeSet<String>();
        for (var line : seen.messages()) calls.add(line.substring(line.lastIndexOf(' ') + 1));
        return calls;
    }

    @Test
    void decryptsEverySuiteResumedSessionsAndUpdatedKeys() throws IOException {
        var seen = read(recording(), keys());
        assertThat(calls(seen))
                .containsExactly(
                        "aes128-gcm-sha256",
                        "aes128-sha",
                        "aes128-sha-mac-inside",
                        "aes128-sha256",
                        "aes128-sha256-mac-inside",
                        "aes256-gcm-sha384",
                        "aes256-sha",
                        "aes256-sha-mac-inside",
                        "aes256-sha384",
                        "aes256-sha384-mac-inside",
                        "after-second-update",
                        "after-update",
                        "before-update",
                        "chacha20-poly1305",
                        "first-by-id",
                        "first-by-key",
                        "first-by-ticket",
                        "resumed-by-id",
                        "resumed-by-key",
                        "resumed-by-ticket",
                        "tls-aes-128-gcm-sha256",
                        "tls-aes-256-gcm-sha384",
                        "tls-chacha20-poly1305-sha256",
                        "websocket");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void namesFrameEndsAndTransport() throws IOException {
        assertThat(read(recording(), keys()).messages())
                .contains(
                        "7 192.0.2.1:41000 > 192.0.2.2:5061 TLS tls-aes-128-gcm-sha256",
                        "8 192.0.2.2:5061 > 192.0.2.1:41000 TLS tls-aes-128-gcm-sha256",
                        "207 192.0.2.1:42018 > 192.0.2.2:5061 WSS websocket",
                        "208 192.0.2.2:5061 > 192.0.2.1:42018 WSS websocket");
    }

    @Test
    void decryptsHoweverTheStreamIsCut() throws IOException {
        var whole = read(recording(), keys());
        for (var size : new int[] {1, 11, 300}) {
            var cut = new ArrayList<byte[]>();
            for (var block : frames(recording())) cut.addAll(cut(block, size));
            var seen = read(join(cut.toArray(byte[][]::new)), keys());
            assertThat(calls(seen)).as("cut into %d", size).isEqualTo(calls(whole));
            assertThat(seen.sightings).hasSameSizeAs(whole.sightings);
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void takesTheMasterSecretOfTheSessionThatIsResumed() throws IOException {
        var lines =
                new ArrayList<>(new String(resource("suites.keys"), ISO_8859_1).lines().toList());
        var resumed =
                lines.stream().filter(line -> line.startsWith("CLIENT_RANDOM")).toList().getLast();
        lines.remove(resumed);
        var keys = KeyLog.none();
        keys.add(String.join("\n", lines));
        assertThat(calls(read(recording(), keys))).contains("first-by-id", "resumed-by-id");
    }

    @Test
    void takesTheSecretsThatACaptureHolds() throws IOException {
        var log = resource("suites.keys");
        var secrets =
                CaptureWriter.pcapng(ByteOrder.LITTLE_ENDIAN)
                        .buffer(8 + (log.length + 3 & ~3))
                        .putInt(0x544c534b)
                        .putInt(log.length)
                        .put(log);
        var block = CaptureWriter.pcapng(ByteOrder.LITTLE_ENDIAN).block(10, secrets).bytes();
        var plain = recording();
        var capture = join(part(plain, 0, SECTION), block, part(plain, SECTION, plain.length));
        assertThat(read(capture, KeyLog.none()).messages())
                .isEqualTo(read(plain, keys()).messages());
    }

    @Test
    void countsTheConnectionsThatItCannotDecrypt() throws IOException {
        var seen = read(recording(), KeyLog.none());
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "encrypted 4: SIP over TLS, not decryptable without keys: 22 connections"
                                + " between 192.0.2.1 and 192.0.2.2:5061 (sips:sip.example.com)");
    }

    @Test
    void saysThatTheKeysAreOthers() throws IOException {
        var others = KeyLog.none();
        others.add("CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48));
        assertThat(read(recording(), others).gapLines())
                .singleElement()
                .asString()
                .contains("whose keys are not among those given");
    }

    @Test
    void decryptsNothingWithWrongSecrets() throws IOException {
        var wrong = KeyLog.none();
        for (var line : new String(resource("suites.keys"), ISO_8859_1).lines().toList()) {
            var words = line.split(" ", -1);
            if (words.length == 3)
                wrong.add(words[0] + " " + words[1] + " " + "0".repeat(words[2].length()));
        }
        var seen = read(recording(), wrong);
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .singleElement()
                .asString()
                .contains("not decryptable with the keys there are", "22 connections");
    }

    @Test
    void printsNoSecret() throws IOException {
        assertThat(keys().toString()).matches("[0-9]+ secrets");
    }

    @Test
    void goesOnBehindLostRecords() throws IOException {
        var whole = read(recording(), keys()).sightings.size();
        var frames = frames(recording());
        var seen = read(join(without(frames, 217).toArray(byte[][]::new)), keys());
        assertThat(calls(seen)).doesNotContain("before-update").contains("after-update");
        assertThat(seen.sightings).hasSize(whole - 1);
    }

    @Test
    void tellsOfConnectionsThatArePickedUpInTheirMiddle() throws IOException {
        var frames = frames(recording());
        var late = new ArrayList<>(frames.subList(0, 2));
        late.addAll(frames.subList(2 + 6, 2 + 8));
        var seen = read(join(late.toArray(byte[][]::new)), keys());
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "encrypted 1: SIP over TLS, picked up in its middle and so not decryptable:"
                                + " 1 connection between 192.0.2.1 and 192.0.2.2:5061");
    }

    @Test
    void passesOverTlsThatHasNothingToDoWithSip() {
        var hello = bytes(22, 3, 1, 0, 4, 1, 0, 0, 0);
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(toBob(99, 0, "S", new byte[0]), toBob(100, 0, "A", hello)));
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void survivesDamagedRecordings() throws IOException {
        var good = recording();
        for (var seed = 0; seed < 150; seed++) {
            var random = new SplittableRandom(seed);
            var damaged = good.clone();
            for (var i = random.nextInt(1, 60); i > 0; i--)
                damaged[random.nextInt(200, damaged.length)] ^= (byte) (1 << random.nextInt(8));
            for (var message : read(damaged, keys()).messages()) assertThat(message).isNotEmpty();
        }
    }

    @Test
    void readsKeyLogsWithAnythingInThem() {
        var log = KeyLog.none();
        log.add("# comment\n\nCLIENT_RANDOM\nCLIENT_RANDOM x y\nCLIENT_RANDOM " + "zz".repeat(32));
        log.add("\0".repeat(5000) + "\nA " + "ab".repeat(32) + " cdc\n");
        assertThat(log).hasToString("0 secrets");
        log.add("CLIENT_RANDOM " + "AB".repeat(32) + " " + "cd".repeat(48) + "\r\n");
        assertThat(log).hasToString("1 secrets");
    }

    /// The blocks of a pcapng.
    private static List<byte[]> frames(byte[] capture) {
        var frames = new ArrayList<byte[]>();
        for (var at = 0; at < capture.length; ) {
            var length = Octets.i32(capture, at + 4, false);
            frames.add(part(capture, at, at + length));
            at += length;
        }
        return frames;
    }

    /// The same packet as several, with so many octets of content each.
    private static List<byte[]> cut(byte[] block, int size) {
        if (Octets.i32(block, 0, false) != 6) return List.of(block);
        var frame = part(block, 28, 28 + Octets.i32(block, 20, false));
        if (frame.length <= 54) return List.of(block);
        var pieces = new ArrayList<byte[]>();
        for (var at = 54; at < frame.length; at += size) {
            var content = part(frame, at, Math.min(frame.length, at + size));
            var segment =
                    Packets.tcp(
                            Octets.u16(frame, 34),
                            Octets.u16(frame, 36),
                            Octets.u32(frame, 38, true) + at - 54,
                            Octets.u32(frame, 42, true),
                            "PA",
                            content);
            var forward = frame[29] == 1;
            var packet =
                    forward
                            ? Packets.ipv4(Packets.ALICE, Packets.BOB, Packets.TCP, segment)
                            : Packets.ipv4(Packets.BOB, Packets.ALICE, Packets.TCP, segment);
            var out = Packets.ethernet(0x0800, packet);
            pieces.add(
                    CaptureWriter.pcapng(ByteOrder.LITTLE_ENDIAN)
                            .packet(0, Octets.i32(block, 16, false), out, out.length)
                            .bytes());
        }
        return pieces;
    }

    /// Without the frame of this number.
    private static List<byte[]> without(List<byte[]> blocks, int frame) {
        var rest = new ArrayList<>(blocks);
        rest.remove(frame + 1);
        return rest;
    }
}
