// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Real logs: as many messages as a person counts in them, each with the body it says it has.
class LogCorpusTest {
    private static final Map<String, Integer> MESSAGES =
            Map.ofEntries(
                    Map.entry("freeswitch-siptrace.txt", 8),
                    Map.entry("incoming_foreign_dom__sipp_scenario00.msg", 8),
                    Map.entry("incoming_foreign_dom__sipp_scenario_responder00.msg", 6),
                    Map.entry("incoming_hih__sipp_scenario00.msg", 7),
                    Map.entry("incoming_hih__sipp_scenario_responder01.msg", 6),
                    Map.entry("incoming_peer__sipp_scenario00.msg", 7),
                    Map.entry("incoming_peer__sipp_scenario_responder00.msg", 6),
                    Map.entry("invite_alias_devid__sipp_scenario00.msg", 4),
                    Map.entry("invite_alias_devid__sipp_scenario01.msg", 4),
                    Map.entry("invite_alias_devid__sipp_scenario02.msg", 11),
                    Map.entry("invite_alias_devid__sipp_scenario_responder02.msg", 6));

    @Test
    void readsEveryMessageOfTheRealLogs() throws IOException {
        var counts = new TreeMap<String, Integer>();
        for (var log : logs()) {
            var seen = new Seen();
            Evidence.read(log, seen);
            assertThat(seen.gapLines()).as(log.toString()).isEmpty();
            assertThat(seen.sightings)
                    .as(log.toString())
                    .allSatisfy(one -> assertThat(one.message().flaws()).isEmpty());
            counts.put(log.getFileName().toString(), seen.sightings.size());
        }
        assertThat(counts).isEqualTo(new TreeMap<>(MESSAGES));
    }

    @Test
    void keepsEveryOctetOfALogThatHasThemAll() throws IOException {
        for (var log : logs()) {
            var seen = new Seen();
            Evidence.read(log, seen);
            var raw = log.toString().endsWith(".msg");
            assertThat(seen.sightings).allSatisfy(one -> assertThat(one.exact()).isEqualTo(raw));
        }
    }

    private static java.util.List<Path> logs() throws IOException {
        try (var files = Files.walk(Corpus.folder().resolve("logs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
