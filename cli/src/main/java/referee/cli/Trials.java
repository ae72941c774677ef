// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import referee.diagnosis.Rule;
import referee.diagnosis.Verdict;
import referee.report.Docket;

/// Hears several sources, each on its own; one that cannot be read is complained of and does not
/// stop the others.
final class Trials {
    private final World world;
    private final Trial trial;

    Trials(World world, List<Rule> rules) {
        this.world = world;
        this.trial = new Trial(rules, world.in());
    }

    /// @return whether one that was named could not be read
    boolean hear(List<Source> sources, Docket docket, Predicate<Verdict> wanted) {
        var unread = false;
        for (var source : sources) {
            try {
                if (world.terminal() && sources.size() > 1)
                    world.err().println("reading " + source.name());
                var heard =
                        trial.hear(
                                source,
                                verdict -> {
                                    if (wanted.test(verdict)) docket.file(verdict, source.name());
                                });
                docket.file(heard.account(), heard.gaps());
            } catch (IOException e) {
                world.err().println("referee: " + Complaints.of(e));
                unread |= !source.listed();
            }
        }
        return unread;
    }
}
