// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.ArrayList;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Limits;
import referee.diagnosis.Timers;
import referee.diagnosis.Verdict;
import referee.evidence.TraceReader;
import referee.evidence.UnreadableEvidence;
import referee.rules.Rules;

/// Judges the traces that stand on pages, so that they can be drawn.
final class Court {
    private static final int SEED = 1;

    private Court() {}

    /// The trace as one ladder.
    ///
    /// @throws IllegalArgumentException if it is no trace; the pages are checked by the build
    static Ladder ladder(String trace) {
        var verdicts = new ArrayList<Verdict>();
        var diagnosis =
                new Diagnosis(Rules.ALL, Timers.DEFAULT, Limits.DEFAULT, SEED, verdicts::add);
        try {
            var account = TraceReader.read(trace, "page", diagnosis);
            account.to().ifPresent(diagnosis::finish);
            return Ladder.of(verdicts, account.names());
        } catch (UnreadableEvidence e) {
            throw new IllegalArgumentException(e);
        }
    }
}
