// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;

class TraceWriterTest {
    private static final String OPTIONS = "OPTIONS sip:b@192.0.2.2 SIP/2.0\r\nCSeq: 1 OPTIONS\r\n";

    @Test
    void writesAnActorForEachAddressAndTheMessageAsItIs() throws IOException {
        var out = new StringBuilder();
        var writer = new TraceWriter(out);
        writer.saw(sighting(1, "2026-01-08T20:28:01.5Z", OPTIONS + "\r\n"));
        writer.saw(
                sighting(9, "2026-01-08T20:28:02.500001Z", "SIP/2.0 200 OK\r\nCSeq: 1 BYE\n\n\\x"));
        writer.end(
                new Account(
                        "x",
                        "pcap",
                        9,
                        2,
                        Optional.empty(),
                        Optional.of(at("2026-01-08T20:29:01.5Z")),
                        0,
                        Map.of()));

        assertThat(out)
                .hasToString(
                        """
                        actor a1 192.0.2.1:5060
                        actor a2 [2001:db8::2]:5061
                        start 2026-01-08T20:28:01.500Z
                        0.000 a1 -> a2 OPTIONS verbatim
                            | OPTIONS sip:b@192.0.2.2 SIP/2.0
                            | CSeq: 1 OPTIONS
                            |
                        1.000001 a1 -> a2 200 BYE verbatim frame=9
                            | SIP/2.0 200 OK
                            | CSeq: 1 BYE\\n
                            | \\n
                            | \\\\x\\
                        60.000 end
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "x",
                "x\r",
                "x\r\r\n",
                "\n\n\r\n\n",
                " leading\r\ntrailing \r\ntab\t\r\n",
                "back\\slash\\\r\n\\n\r\n\\",
                "null\0 and \u007f and \u001b[0m",
                "J\u00e4s\u00f8n \u260e \u2028 \ufeff \ufffd \ud83d\udcde\r\n",
                "# no comment\r\n0 a -> b INVITE\r\n| bar"
            })
    void readsBackTheSameBytes(String rest) throws IOException {
        assertThat(roundTrip((OPTIONS + rest).getBytes(UTF_8)))
                .isEqualTo((OPTIONS + rest).getBytes(UTF_8));
        assertThat(roundTrip((OPTIONS + rest).getBytes(ISO_8859_1)))
                .isEqualTo((OPTIONS + rest).getBytes(ISO_8859_1));
    }

    @Test
    void readsBackAnyBytes() throws IOException {
        var random = new Random(20260108);
        for (var round = 0; round < 300; round++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            for (var i = 0; i < noise.length; i++)
                if (random.nextInt(4) == 0) noise[i] = (byte) "\r\n\\ xn".charAt(random.nextInt(6));
            var head = OPTIONS.getBytes(UTF_8);
            var whole = new byte[head.length + noise.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(noise, 0, whole, head.length, noise.length);

            assertThat(roundTrip(whole)).as("round " + round).isEqualTo(whole);
        }
    }

    @Test
    void keepsTimesThatGoBackwardsFrameNumbersTransportsAndGaps() throws IOException {
        var from = new Endpoint("pbx.example.net", 0);
        var to = new Endpoint("::ffff:192.0.2.7", 5060);
        var first =
                new Sighting(
                        7,
                        at("2026-01-08T20:28:02Z"),
                        from,
                        to,
                        Transport.TCP,
                        message(OPTIONS + "\r\n"));
        var second =
                new Sighting(
                        7,
                        at("2026-01-08T20:28:01.000000009Z"),
                        to,
                        from,
                        Transport.UDP,
                        message(OPTIONS + "\r\n"));
        var gap =
                new Gap(
                        Gap.Kind.STREAM,
                        0,
                        Optional.of(at("2026-01-08T20:28:03Z")),
                        Optional.of(new Gap.Path(from, to)),
                        "40 octets lost");
        var out = new StringBuilder();
        var writer = new TraceWriter(out);
        writer.saw(first);
        writer.saw(second);
        writer.missed(gap);
        var seen = new Seen();
        var account = TraceReader.read(out.toString(), "x", seen);

        assertThat(seen.sightings).hasSize(2);
        assertThat(seen.sightings.get(0))
                .usingRecursiveComparison()
                .ignoringFields("message")
                .isEqualTo(first);
        assertThat(seen.sightings.get(1))
                .usingRecursiveComparison()
                .ignoringFields("message")
                .isEqualTo(second);
        assertThat(seen.gaps).containsExactly(gap);
        assertThat(account.gaps()).isEqualTo(1);
    }

    @Test
    void givesTheSameIcmpErrors() throws IOException {
        for (var router : new String[] {"198.51.100.1", "2001:db8::9"}) {
            var error =
                    new Unreachable(
                            7,
                            at("2026-01-08T20:28:03Z"),
                            new Endpoint(router, 0),
                            new Endpoint("192.0.2.1", 5060),
                            new Endpoint("192.0.2.2", 5070),
                            Unreachable.Reason.TOO_BIG);
            var out = new StringBuilder();
            new TraceWriter(out).unreachable(error);
            var seen = new Seen();
            TraceReader.read(out.toString(), "x", seen);
            assertThat(seen.errors).containsExactly(error);
        }
    }

    @Test
    void givesTheSameSightingsAsEachCaptureOfTheCorpus() throws IOException {
        for (var capture : Corpus.captures()) {
            var direct = new Seen();
            var out = new StringBuilder();
            var writer = new TraceWriter(out);
            try (var in = Files.newInputStream(capture)) {
                var bytes = in.readAllBytes();
                Evidence.read(new ByteArrayInputStream(bytes), "x", direct);
                writer.end(Evidence.read(new ByteArrayInputStream(bytes), "x", writer));
            }
            if (direct.sightings.isEmpty()) continue;
            var again = new Seen();
            Evidence.read(new ByteArrayInputStream(out.toString().getBytes(UTF_8)), "x", again);

            assertThat(again.sightings.stream().map(TraceWriterTest::line).toList())
                    .as(capture.toString())
                    .isEqualTo(direct.sightings.stream().map(TraceWriterTest::line).toList());
        }
    }

    private static String line(Sighting s) {
        return s.number()
                + " "
                + s.at()
                + " "
                + s.from()
                + " "
                + s.to()
                + " "
                + s.transport()
                + " "
                + new String(s.message().bytes().copy(), ISO_8859_1);
    }

    private static byte[] roundTrip(byte[] bytes) throws IOException {
        var out = new StringBuilder();
        new TraceWriter(out).saw(sighting(1, "2026-01-08T20:28:01Z", bytes));
        var seen = new Seen();
        TraceReader.read(new ByteArrayInputStream(out.toString().getBytes(UTF_8)), "x", seen);
        return seen.sightings.getFirst().message().bytes().copy();
    }

    private static Sighting sighting(long number, String at, String text) {
        return sighting(number, at, text.getBytes(UTF_8));
    }

    private static Sighting sighting(long number, String at, byte[] bytes) {
        return new Sighting(
                number,
                at(at),
                new Endpoint("192.0.2.1", 5060),
                new Endpoint("2001:db8::2", 5061),
                Transport.UDP,
                (SipMessage) SipParser.parse(Slice.of(bytes)));
    }

    private static SipMessage message(String text) {
        return (SipMessage) SipParser.parse(Slice.of(text));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
