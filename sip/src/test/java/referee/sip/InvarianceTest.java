// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for any bytes at all.
class InvarianceTest {
    private static final int MUTATIONS = 12_000;

    @Test
    void aMessageIsItsBytes() {
        for (var bytes : all()) {
            if (SipParser.parse(Slice.of(bytes)) instanceof SipMessage message)
                assertThat(message.bytes().copy()).isEqualTo(bytes);
        }
    }

    /// Only of messages whose lines are regular: names right before the colon, one space behind it.
    @Test
    void aMessageCanBeBuiltAgainFromItsParts() {
        var rebuilt = 0;
        for (var bytes : all()) {
            if (!(SipParser.parse(Slice.of(bytes)) instanceof SipMessage message)) continue;
            var again = build(message);
            if (Arrays.equals(again, bytes)) rebuilt++;
            if (!(SipParser.parse(Slice.of(again)) instanceof SipMessage twin)) {
                fail("no message any more: " + message);
                continue;
            }
            assertThat(build(twin)).isEqualTo(again);
        }
        assertThat(rebuilt).isGreaterThanOrEqualTo(own().size());
    }

    @Test
    void aTagFoundInPassingIsTheTagReadInFull() {
        var compared = 0;
        for (var bytes : all()) {
            if (!(SipParser.parse(Slice.of(bytes)) instanceof SipMessage message)) continue;
            for (var header : message.headers()) {
                var full = NameAddr.read(header.value(), "any", "RFC 3261 §20").optional();
                if (full.isEmpty() || full.get().tag().isEmpty()) continue;
                compared++;
                assertThat(NameAddr.tagOf(header.value()).text()).isEqualTo(full.get().tag().get());
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void anythingIsAMessageOrNotSipAndNeverAnException() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var sources = all();
        for (var n = 0; n < MUTATIONS; n++) {
            var bytes = sources.get(random.nextInt(sources.size())).clone();
            for (var times = 1 + random.nextInt(4); times > 0; times--)
                bytes = mutate(bytes, random);
            try {
                readEverything(bytes);
            } catch (RuntimeException e) {
                fail("seed %d, round %d: %s".formatted(seed, n, new String(bytes, UTF_8)), e);
            }
        }
    }

    @Test
    void theMessagesOfAnotherStacksTestsAreReadAndInspected() {
        var files = Corpus.files("messages/osip");
        var messages = 0;
        for (var file : files) {
            if (readEverything(Corpus.bytes(file))) messages++;
        }
        assertThat(messages).isGreaterThan(files.size() / 2);
    }

    /// Parses, inspects, and reads every header in every way.
    ///
    /// @return whether it is a message
    private static boolean readEverything(byte[] bytes) {
        if (!(SipParser.parse(Slice.of(bytes)) instanceof SipMessage message)) return false;
        assertThat(message.bytes().length()).isEqualTo(bytes.length);
        for (var flaw : Inspection.of(message)) {
            assertThat(flaw.code()).matches("[a-z0-9.-]+");
            assertThat(flaw.source()).matches("RFC \\d{4} §\\d+(\\.\\d+)*");
        }
        for (var kind : Headers.ALL) {
            assertThat(message.first(kind)).isNotNull();
            assertThat(message.all(kind)).doesNotContainNull();
        }
        for (var header : message.headers()) {
            NameAddr.tagOf(header.value());
            Via.branchOf(header.value());
        }
        Challenge.all(message);
        Credentials.all(message);
        message.values(ReferTo.KIND).forEach(to -> assertThat(to.replaces()).isNotNull());
        Sipfrag.read(message.body());
        Sdp.read(message.body());
        return true;
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        if (bytes.length == 0) return new byte[] {(byte) random.nextInt()};
        var at = random.nextInt(bytes.length);
        var to = Math.min(bytes.length, at + 1 + random.nextInt(30));
        return switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, at + 1, new byte[] {(byte) random.nextInt()});
            case 1 -> with(bytes, at, at, oddity(random));
            case 2 -> with(bytes, at, to, new byte[0]);
            case 3 -> with(bytes, to, to, Arrays.copyOfRange(bytes, at, to));
            case 4 -> Arrays.copyOf(bytes, at);
            default -> with(bytes, at, at + 1, oddity(random));
        };
    }

    private static byte[] oddity(Random random) {
        var oddities = "<>\"\\;,=?@:[]()% \r\n\t\0/*-0".getBytes(UTF_8);
        var octet = oddities[random.nextInt(oddities.length)];
        var found = new byte[1 + random.nextInt(3)];
        Arrays.fill(found, octet);
        return found;
    }

    private static byte[] with(byte[] bytes, int from, int to, byte[] instead) {
        var out = new ByteArrayOutputStream(bytes.length + instead.length);
        out.write(bytes, 0, from);
        out.writeBytes(instead);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] build(SipMessage message) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(message.start().line().copy());
        out.writeBytes("\r\n".getBytes(UTF_8));
        for (var header : message.headers()) {
            out.writeBytes(header.name().copy());
            out.writeBytes(": ".getBytes(UTF_8));
            out.writeBytes(header.value().copy());
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        out.writeBytes("\r\n".getBytes(UTF_8));
        out.writeBytes(message.body().copy());
        return out.toByteArray();
    }

    /// The torture messages where they lie beside the project, and ours.
    private static List<byte[]> all() {
        var found = new ArrayList<>(own());
        if (Corpus.find("torture/rfc4475").isEmpty()) return found;
        for (var file : Corpus.files("torture/rfc4475")) found.add(Corpus.bytes(file));
        return found;
    }

    private static List<byte[]> own() {
        return List.of(
                MessageBuilder.request("INVITE", "sip:b@example.com;transport=tcp")
                        .header("Via", "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;rport")
                        .header("Record-Route", "<sip:p1.example.com;lr>, <sip:p2.example.com;lr>")
                        .header("Max-Forwards", 70)
                        .header("From", "\"A, \\\"a\\\"\" <sip:a@example.com>;tag=1")
                        .header("To", "<sip:b@example.com>")
                        .header("Call-ID", "1@192.0.2.1")
                        .header("CSeq", "1 INVITE")
                        .header("Contact", "<sip:a@192.0.2.1;transport=tcp>;expires=60;q=0.5")
                        .header("Supported", "100rel, timer, replaces")
                        .header("Session-Expires", "1800;refresher=uac")
                        .header(
                                "Authorization",
                                "Digest username=\"a\", realm=\"r\", response=\"0\"")
                        .header("Content-Type", "application/sdp")
                        .header("Content-Length", 76)
                        .body(
                                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\n")
                        .bytes(),
                MessageBuilder.request("REFER", "sip:b@192.0.2.2")
                        .header("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK2")
                        .header("Refer-To", "<sip:c@example.com?Replaces=1%40a%3Bto-tag%3D2>")
                        .header("Referred-By", "<sip:a@example.com>;cid=\"1@a\"")
                        .header("Target-Dialog", "1@a;local-tag=1;remote-tag=2")
                        .header("Session-ID", "0".repeat(32) + ";remote=" + "1".repeat(32))
                        .header("Date", "Sat, 13 Nov 2010 23:29:00 GMT")
                        .header("CSeq", "2 REFER")
                        .bytes(),
                MessageBuilder.request("NOTIFY", "sip:a@192.0.2.1")
                        .header("Event", "refer;id=2")
                        .header("Subscription-State", "terminated;reason=noresource")
                        .header("Content-Type", "message/sipfrag;version=2.0")
                        .header("CSeq", "3 NOTIFY")
                        .body("SIP/2.0 200 OK\r\n")
                        .bytes(),
                MessageBuilder.response(503, "Service Unavailable")
                        .header("Retry-After", "120 (busy);duration=60")
                        .header("Warning", "399 example.com \"Too, busy\"")
                        .header("Reason", "Q.850;cause=42;text=\"busy\"")
                        .header("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"")
                        .header("CSeq", "1 INVITE")
                        .header("Server", "Home/1")
                        .bytes());
    }
}
