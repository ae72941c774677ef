// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.TraceReader;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// What a trace becomes: sightings, stories, verdicts.
final class Traced {
    private Traced() {}

    static List<Verdict> verdicts(String trace, Rule... rules) throws IOException {
        return verdicts(trace, Limits.DEFAULT, rules);
    }

    static List<Verdict> verdicts(String trace, Limits limits, Rule... rules) throws IOException {
        var verdicts = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(List.of(rules), Timers.DEFAULT, limits, 7, verdicts::add);
        var account = TraceReader.read(trace, "test", diagnosis);
        diagnosis.finish(account.to().orElseThrow());
        return verdicts;
    }

    /// The only story of a trace.
    static Story story(String trace) throws IOException {
        var verdicts = verdicts(trace);
        if (verdicts.size() != 1) throw new AssertionError(verdicts.size() + " stories");
        return verdicts.getFirst().story();
    }

    static List<Sighting> sightings(String trace) throws IOException {
        var seen = new ArrayList<Sighting>();
        TraceReader.read(
                trace,
                "test",
                new Witness() {
                    @Override
                    public void saw(Sighting sighting) {
                        seen.add(sighting);
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
        return seen;
    }
}
