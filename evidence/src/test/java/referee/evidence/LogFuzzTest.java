// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damaged logs of every format, also several in one: reading them ends in an account, or in the
/// one exception that says why not.
class LogFuzzTest {
    private static final int ROUNDS = 600;

    @Test
    void readsDamagedLogsToTheirEnd() {
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var log = damaged(random);
            var seen = new Seen();
            try {
                var account = Evidence.read(new ByteArrayInputStream(log), "seed " + seed, seen);
                assertThat(account.messages()).isEqualTo(seen.sightings.size());
                assertThat(account.gaps()).isEqualTo(seen.gaps.size());
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static byte[] damaged(SplittableRandom random) {
        var names = LogSamples.NAMES;
        var log = LogSamples.of(names.get(random.nextInt(names.size())));
        if (random.nextBoolean()) log += LogSamples.of(names.get(random.nextInt(names.size())));
        var bytes = log.getBytes(ISO_8859_1);
        for (var i = random.nextInt(1, 40); i > 0; i--) {
            var at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = '\n';
                case 2 -> bytes[at] = (byte) ('0' + random.nextInt(10));
                case 3 -> {
                    var from = random.nextInt(bytes.length);
                    var length = Math.min(bytes.length - Math.max(at, from), random.nextInt(200));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(7));
            }
        }
        return bytes;
    }
}
