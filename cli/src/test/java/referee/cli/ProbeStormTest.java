// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Probes against practice on a network that loses, delays, doubles and reorders, and where one
/// thing may be wrong: each ends, tells what is so, and nobody is blamed for what another did,
/// whoever watches. `-Dreferee.runs=10000` for more, `-Dreferee.seed=N` for that one; what was
/// found stands in `target/probe-storm.txt`.
class ProbeStormTest {
    private static final int RUNS = Integer.getInteger("referee.runs", 300);
    private static final long SEED = Long.getLong("referee.seed", 0);
    private static final Path SUMMARY = Path.of("target/probe-storm.txt");

    @Test
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void endsTellsWhatIsSoAndBlamesNobodyWrongly() throws IOException {
        var count = new TreeMap<String, Integer>();
        var last = SEED == 0 ? RUNS : SEED;
        for (var seed = SEED == 0 ? 1 : SEED; seed <= last; seed++) {
            var run = Outing.of(Lot.draw(seed));
            assertThat(Jury.objections(run)).as(run::story).isEmpty();
            count(run, count);
        }
        Files.writeString(SUMMARY, summary(count));
    }

    private static void count(Outing run, Map<String, Integer> count) {
        count.merge("runs", 1, Integer::sum);
        count.merge("cause " + run.lot().cause(), 1, Integer::sum);
        for (var result : run.results()) count.merge("end " + result.end(), 1, Integer::sum);
        run.verdicts()
                .forEach((vantage, all) -> {
                    count.merge("stories seen from " + vantage, all.size(), Integer::sum);
                    for (var verdict : all) {
                        for (var finding : verdict.findings())
                            count.merge(
                                    finding.fault() + " " + finding.certainty().word(),
                                    1,
                                    Integer::sum);
                    }
                });
    }

    private static String summary(Map<String, Integer> count) {
        var text = new StringBuilder();
        count.forEach((what, times) -> text.append("%7d %s%n".formatted(times, what)));
        return text.toString();
    }
}
