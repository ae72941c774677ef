// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Anything in: sightings, or one line that says what is wrong.
class TraceFuzzTest {
    private static final long SEED = 20261124;
    private static final String ODD = "| \t:=;,.<>@-+#[]%\"\\\u00e4\ud83d\udcde019azINVITE\n";

    @Test
    void refusesWhatItCannotReadAndNeverBreaks() throws IOException {
        var random = new Random(SEED);
        var page = Files.readAllLines(Path.of("../docs/trace-format.md"));
        var refused = 0;
        for (var round = 0; round < 3000; round++) {
            var trace = mutated(page, random);
            try {
                TraceReader.read(trace, "fuzz", new Seen());
            } catch (UnreadableEvidence e) {
                refused++;
                assertThat(e.getMessage()).startsWith("fuzz line ").doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + " round " + round + ":\n" + trace, e);
            }
        }
        assertThat(refused).isBetween(100, 2999);
    }

    /// Lines of the page's traces in their order, some left out or repeated, some damaged.
    private static String mutated(java.util.List<String> page, Random random) {
        var lines = new ArrayList<String>();
        for (var line : page) {
            var fits =
                    line.startsWith(" ")
                            || line.startsWith("actor")
                            || line.matches("\\d+\\.\\d+ .*");
            if (fits && random.nextInt(8) > 0) lines.add(line);
            if (fits && random.nextInt(40) == 0) lines.add(line);
        }
        var from = random.nextInt(lines.size());
        var text =
                new StringBuilder(
                        String.join("\n", lines.subList(from, Math.min(lines.size(), from + 20))));
        for (var i = random.nextInt(4); i > 0; i--) {
            var at = random.nextInt(text.length());
            if (random.nextBoolean()) text.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
            else text.deleteCharAt(at);
        }
        return text.toString();
    }
}
