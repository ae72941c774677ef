// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Limits;
import referee.diagnosis.Severity;
import referee.diagnosis.Timers;
import referee.evidence.Evidence;
import referee.evidence.Gap;
import referee.evidence.PcapWriter;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.rules.Rules;
import referee.sip.Inspection;

class TrafficTest {
    private static final int MESSAGES = 20_000;

    @Test
    void writesTheSameBytesForTheSameSeed() {
        assertThat(capture(7)).isEqualTo(capture(7));
    }

    @Test
    void writesMessagesWithoutFlaws() {
        new Traffic(3, _ -> {})
                .write(
                        2_000,
                        new Witness() {
                            @Override
                            public void saw(Sighting sighting) {
                                assertThat(Inspection.of(sighting.message()))
                                        .as(sighting.message().toString())
                                        .isEmpty();
                            }

                            @Override
                            public void missed(Gap gap) {
                                throw new AssertionError(gap.says());
                            }

                            @Override
                            public void unreachable(Unreachable error) {
                                throw new AssertionError(error);
                            }
                        });
    }

    /// Every broken story is found, with its fault, and no other.
    @Test
    void isJudgedAsItWasMade() throws IOException {
        var made = new HashMap<String, String>();
        var out = new ByteArrayOutputStream();
        new Traffic(5, story -> made.put(story.callId(), story.fault()))
                .write(MESSAGES, new PcapWriter(out));
        made.values().removeIf("-"::equals);

        assertThat(found(out.toByteArray())).isEqualTo(wanted(made));
    }

    private static Map<String, Set<String>> wanted(Map<String, String> made) {
        var wanted = new HashMap<String, Set<String>>();
        made.forEach((callId, fault) -> wanted.put(callId, Set.of(fault)));
        return wanted;
    }

    private static Map<String, Set<String>> found(byte[] capture) throws IOException {
        var found = new HashMap<String, Set<String>>();
        var diagnosis =
                new Diagnosis(
                        Rules.ALL,
                        Timers.DEFAULT,
                        Limits.DEFAULT,
                        1,
                        verdict -> {
                            for (var finding : verdict.findings()) {
                                if (finding.severity() == Severity.INFO) continue;
                                found.computeIfAbsent(finding.callId(), _ -> new HashSet<>())
                                        .add(finding.fault());
                            }
                        });
        var account = Evidence.read(new ByteArrayInputStream(capture), "made", diagnosis);
        diagnosis.finish(account.to().orElseThrow());
        return found;
    }

    private static byte[] capture(long seed) {
        var out = new ByteArrayOutputStream();
        var stories = new ArrayList<Traffic.Story>();
        new Traffic(seed, stories::add).write(2_000, new PcapWriter(out));
        assertThat(stories).hasSizeGreaterThan(100);
        return out.toByteArray();
    }
}
