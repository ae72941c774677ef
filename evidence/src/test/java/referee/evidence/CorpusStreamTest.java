// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.sip.StreamFramer;

/// Every message of the corpus in one long byte stream.
class CorpusStreamTest {
    private static final class Log implements StreamFramer.Receiver {
        final List<String> lines = new ArrayList<>();

        @Override
        public void message(SipMessage message) {
            lines.add(message.bytes().text());
        }

        @Override
        public void skipped(long octets, String why) {
            lines.add(octets + why);
        }
    }

    @Test
    void givesTheSameMessagesHoweverTheStreamIsCut() throws IOException {
        var stream = stream();
        var whole = cut(stream, 1, stream.length, stream.length);
        assertThat(whole).hasSizeGreaterThan(6000);
        assertThat(cut(stream, 1, 1, 1)).isEqualTo(whole);
        for (var seed = 2; seed < 12; seed++) {
            assertThat(cut(stream, seed, 1, 1 << seed)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private static byte[] stream() throws IOException {
        var seen = new Seen();
        for (var capture : Corpus.captures()) Evidence.read(capture, seen);
        var out = new ByteArrayOutputStream();
        for (var sighting : seen.sightings) out.writeBytes(sighting.message().bytes().copy());
        return out.toByteArray();
    }

    private static List<String> cut(byte[] stream, long seed, int shortest, int longest) {
        var random = new SplittableRandom(seed);
        var log = new Log();
        var framer = new StreamFramer(log);
        for (var at = 0; at < stream.length; ) {
            var to = Math.min(stream.length, at + random.nextInt(shortest, longest + 1));
            framer.feed(stream, at, to);
            at = to;
        }
        framer.end();
        return log.lines;
    }
}
