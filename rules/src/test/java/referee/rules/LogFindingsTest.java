// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Limits;
import referee.diagnosis.Timers;
import referee.evidence.Evidence;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// The log of one party tells what a capture beside that party tells.
class LogFindingsTest {
    private static final Path SAMPLES = Path.of("../samples");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    @Test
    void aLogGivesTheFindingsOfACapture() throws IOException {
        var compared = 0;
        for (var sample : samples()) {
            var all = read(Files.readAllBytes(sample));
            for (var host : hosts(all)) {
                var seen = all.stream().filter(one -> concerns(one, host)).toList();
                var wanted = findings(seen);
                var asterisk = read(asterisk(seen, host).getBytes(ISO_8859_1));
                assertThat(findings(asterisk)).as("%s at %s", sample, host).isEqualTo(wanted);
                var sipp = read(sipp(seen, host).getBytes(ISO_8859_1));
                assertThat(faults(wanted)).containsAll(faults(findings(sipp)));
                compared += wanted.size();
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".trace")).sorted().toList();
        }
    }

    private static Set<String> hosts(List<Sighting> sightings) {
        var hosts = new TreeSet<String>();
        sightings.forEach(one -> hosts.add(one.from().host()));
        return hosts;
    }

    private static boolean concerns(Sighting sighting, String host) {
        return sighting.from().host().equals(host) || sighting.to().host().equals(host);
    }

    /// Outcomes and findings, a line each.
    private static List<String> findings(List<Sighting> sightings) {
        var found = new ArrayList<String>();
        var diagnosis =
                new Diagnosis(
                        Rules.ALL,
                        Timers.DEFAULT,
                        Limits.DEFAULT,
                        1,
                        verdict -> {
                            var story = verdict.story();
                            found.add(
                                    story.kind() + " " + verdict.outcome() + " " + story.callId());
                            verdict.findings()
                                    .forEach(one -> found.add(one.fault() + " " + one.says()));
                        });
        sightings.forEach(diagnosis::saw);
        diagnosis.finish(
                sightings.stream().map(Sighting::at).max(Instant::compareTo).orElseThrow());
        return found;
    }

    /// Without the addresses, which SIPp's log does not have; it may tell less, and nothing else.
    private static List<String> faults(List<String> findings) {
        return findings.stream().map(one -> one.split(" ", 2)[0]).toList();
    }

    private static String asterisk(List<Sighting> seen, String host) {
        var log = new StringBuilder();
        for (var one : seen) {
            var received = one.to().host().equals(host);
            var text = one.message().bytes().text();
            log.append(
                    "[%s] VERBOSE[1] res_pjsip_logger.c: <--- %s SIP %s (%d bytes) %s %s:%s --->\n%s\n"
                            .formatted(
                                    TIME.format(one.at()),
                                    received ? "Received" : "Transmitting",
                                    one.message().isRequest() ? "request" : "response",
                                    text.length(),
                                    received ? "from" : "to",
                                    one.transport(),
                                    received ? one.from() : one.to(),
                                    text.replace("\r", "")));
        }
        return log.toString();
    }

    private static String sipp(List<Sighting> seen, String host) {
        var log = new StringBuilder();
        for (var one : seen) {
            var text = one.message().bytes().text();
            log.append(
                    "%s %s\n%s message %s [%d] bytes :\n\n%s\n"
                            .formatted(
                                    "-".repeat(47),
                                    TIME.format(one.at()),
                                    one.transport(),
                                    one.to().host().equals(host) ? "received" : "sent",
                                    text.length(),
                                    text));
        }
        return log.toString();
    }

    private static List<Sighting> read(byte[] source) throws IOException {
        var sightings = new ArrayList<Sighting>();
        Evidence.read(
                new ByteArrayInputStream(source),
                "x",
                new Witness() {
                    @Override
                    public void saw(Sighting sighting) {
                        sightings.add(sighting);
                    }

                    @Override
                    public void missed(Gap gap) {
                        throw new AssertionError(gap.says());
                    }

                    @Override
                    public void unreachable(Unreachable error) {}
                });
        return sightings;
    }
}
