// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.bytes;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.ok;
import static referee.evidence.Packets.part;
import static referee.evidence.Packets.request;
import static referee.evidence.Packets.text;
import static referee.evidence.Packets.toAlice;
import static referee.evidence.Packets.toBob;
import static referee.evidence.Packets.u16;
import static referee.evidence.Packets.u32;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class WebSocketContentTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final byte[] ASKED =
            text(
                    "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\n"
                            + "Sec-WebSocket-Protocol: xmpp, sip\r\n\r\n");
    private static final byte[] AGREED =
            text(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Protocol: sip\r\n\r\n");

    @Test
    void readsAMessageAFrameInBothDirections() {
        var client = join(ASKED, masked(TEXT, request("a", 300)));
        var server = join(AGREED, frame(BINARY, ok("a")), frame(TEXT, request("b", 40_000)));
        var seen = Seen.in(opened().frames(toBob(100, 500, "A", client), server(server)));
        assertThat(seen.messages())
                .containsExactly(
                        "3 192.0.2.1:40000 > 192.0.2.2:5060 WS a",
                        "4 192.0.2.2:5060 > 192.0.2.1:40000 WS a",
                        "4 192.0.2.2:5060 > 192.0.2.1:40000 WS b");
        assertThat(seen.gapLines()).isEmpty();
        assertThat(seen.sightings.getFirst().message().bytes().copy()).isEqualTo(request("a", 300));
    }

    @Test
    void readsTheSameHoweverTheStreamIsCut() {
        var stream =
                join(
                        ASKED,
                        masked(TEXT, request("a", 10)),
                        masked(0x89, text("ping")),
                        masked(TEXT, request("b", 500)));
        for (var size : new int[] {1, 2, 3, 5, 50, 333}) {
            var capture = opened();
            for (var at = 0; at < stream.length; at += size) {
                var piece = part(stream, at, Math.min(stream.length, at + size));
                capture.frame(toBob(100 + at, 500, "A", piece));
            }
            var seen = Seen.in(capture);
            assertThat(seen.sightings).as("cut into %d", size).hasSize(2);
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void putsAFragmentedMessageTogetherAroundControlFrames() {
        var message = request("a", 300);
        var stream =
                join(
                        ASKED,
                        masked(0x01, part(message, 0, 100)),
                        masked(0x89, text("ping")),
                        masked(0x00, part(message, 100, 250)),
                        masked(0x8a, new byte[0]),
                        masked(0x80, part(message, 250, message.length)));
        assertThat(Seen.in(opened().frame(toBob(100, 500, "A", stream))).calls())
                .containsExactly("3 a");
    }

    @Test
    void passesOverKeepAlivesInFrames() {
        var stream = join(ASKED, masked(TEXT, text("\r\n\r\n")), masked(TEXT, ok("a")));
        var seen = Seen.in(opened().frame(toBob(100, 500, "A", stream)));
        assertThat(seen.calls()).containsExactly("3 a");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void unpacksMessagesThatBuildUponEachOther() {
        var deflater = new Deflater(9, true);
        var first = frame(TEXT | 0x40, deflate(deflater, request("a", 300)));
        var second = frame(TEXT | 0x40, deflate(deflater, request("b", 300)));
        assertThat(second.length).isLessThan(first.length);
        var seen = Seen.in(opened().frame(server(join(AGREED, first, second))));
        assertThat(seen.calls()).containsExactly("3 a", "3 b");
        assertThat(seen.gapLines()).isEmpty();
    }

    @Test
    void tellsOfMessagesThatBuildUponWhatIsMissing() {
        var deflater = new Deflater(9, true);
        deflate(deflater, request("a", 300));
        var second = frame(TEXT | 0x40, deflate(deflater, request("a", 300)));
        var seen = Seen.in(opened().frame(server(join(AGREED, second))));
        assertThat(seen.sightings).isEmpty();
        assertThat(seen.gapLines())
                .containsExactly(
                        "stream 3: a compressed WebSocket message cannot be unpacked: it is damaged,"
                                + " too long, or builds upon what is missing");
    }

    @Test
    void unpacksNoBomb() {
        var bomb = deflate(new Deflater(9, true), join(ok("a"), new byte[20_000_000]));
        var stream = join(AGREED, frame(TEXT | 0x40, bomb), frame(TEXT, ok("b")));
        var seen = Seen.in(opened().frame(server(stream)));
        assertThat(seen.calls()).containsExactly("3 b");
        assertThat(seen.gaps).hasSize(1);
    }

    @Test
    void passesOverWebSocketsForOtherThings() {
        var chat = new String(ASKED, java.nio.charset.StandardCharsets.ISO_8859_1);
        var other = text(chat.replace(", sip", ""));
        var refused = text("HTTP/1.1 400 Bad Request\r\n\r\n");
        for (var head : new byte[][] {other, text("GET / HTTP/1.1\r\n\r\n")}) {
            var stream = join(head, masked(TEXT, ok("a")));
            var seen = Seen.in(opened().frames(toBob(100, 500, "A", stream), server(refused)));
            assertThat(seen.sightings).isEmpty();
            assertThat(seen.gapLines()).isEmpty();
        }
    }

    @Test
    void picksUpAWebSocketInItsMiddle() {
        var seen =
                Seen.in(
                        CaptureWriter.pcap()
                                .frames(
                                        toBob(100, 500, "A", bytes(1, 2, 3, 4, 5)),
                                        toBob(105, 500, "A", masked(TEXT, request("a", 300))),
                                        toAlice(500, 105, "A", frame(TEXT, ok("a")))));
        assertThat(seen.messages())
                .containsExactly(
                        "2 192.0.2.1:40000 > 192.0.2.2:5060 WS a",
                        "3 192.0.2.2:5060 > 192.0.2.1:40000 WS a");
    }

    @Test
    void goesOnBehindALossWithTheNextFrameThatHoldsSip() {
        var first = join(ASKED, masked(TEXT, request("a", 300)));
        var from = 100L + first.length + 700;
        var seen =
                Seen.in(
                        opened().frames(
                                        toBob(100, 500, "A", first),
                                        toBob(from, 500, "A", masked(TEXT, request("b", 9))),
                                        toAlice(500, from, "A", AGREED)));
        assertThat(seen.calls()).containsExactly("3 a", "4 b");
        assertThat(seen.gapLines())
                .containsExactly(
                        "stream 4: 700 octets of the stream are missing before this frame");
    }

    @Test
    void passesOverFramesThatAreTooLong() {
        var stream =
                join(
                        ASKED,
                        bytes(BINARY, 127),
                        u32(0),
                        u32(1_000_000),
                        new byte[1_000_000],
                        masked(TEXT, ok("a")));
        var capture = opened();
        for (var at = 0; at < stream.length; at += 10_000) {
            var piece = part(stream, at, Math.min(stream.length, at + 10_000));
            capture.frame(toBob(100 + at, 500, "A", piece));
        }
        var seen = Seen.in(capture);
        assertThat(seen.sightings).hasSize(1);
        assertThat(seen.gapLines())
                .containsExactly("limit 3: a WebSocket frame of 1000000 octets is passed over");
    }

    @Test
    void keepsLittleOfFragmentsThatNeverEnd() {
        var stream = join(ASKED, masked(0x01, request("a", 10)));
        var capture = opened().frame(toBob(100, 500, "A", stream));
        var at = 100L + stream.length;
        for (var i = 0; i < 400; i++) {
            var piece = masked(0x00, new byte[1000]);
            capture.frame(toBob(at, 500, "A", piece));
            at += piece.length;
        }
        capture.frame(toBob(at, 500, "A", masked(TEXT, ok("b"))));
        var seen = Seen.in(capture);
        assertThat(seen.calls()).containsExactly("404 b");
        assertThat(seen.gaps).extracting(Gap::kind).containsExactly(Gap.Kind.LIMIT);
    }

    @Test
    void tellsWhereNoFrameBegins() {
        var seen = Seen.in(opened().frame(toBob(100, 500, "A", join(ASKED, text("not a frame")))));
        assertThat(seen.gapLines())
                .containsExactly("stream 3: no WebSocket frame where one should begin");
    }

    /// What a client sends, with two messages.
    static byte[] stream(String callId) {
        return join(ASKED, masked(TEXT, ok(callId)), masked(TEXT, request(callId, 200)));
    }

    private static CaptureWriter opened() {
        var none = new byte[0];
        return CaptureWriter.pcap().frames(toBob(99, 0, "S", none), toAlice(499, 100, "SA", none));
    }

    private static byte[] server(byte[] content) {
        return toAlice(500, 100, "A", content);
    }

    private static byte[] frame(int first, byte[] payload) {
        return join(head(first, 0, payload.length), payload);
    }

    private static byte[] masked(int first, byte[] payload) {
        var mask = bytes(0x12, 0xf4, 0x56, 0x78);
        var hidden = payload.clone();
        for (var i = 0; i < hidden.length; i++) hidden[i] ^= mask[i & 3];
        return join(head(first, 0x80, payload.length), mask, hidden);
    }

    private static byte[] head(int first, int mask, int length) {
        if (length < 126) return bytes(first, mask | length);
        if (length < 65_536) return join(bytes(first, mask | 126), u16(length));
        return join(bytes(first, mask | 127), u32(0), u32(length));
    }

    private static byte[] deflate(Deflater deflater, byte[] content) {
        deflater.setInput(content);
        var out = new byte[content.length + 100];
        var length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }
}
