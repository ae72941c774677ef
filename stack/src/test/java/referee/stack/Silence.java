// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Runs a transaction with time alone: from one deadline to the next.
final class Silence {
    private Silence() {}

    interface Tick<I> {
        I at(Instant when);
    }

    /// What it does until it is over, as `milliseconds act`.
    static <S, I> List<String> after(Table<S, I> table, S state, Tick<I> tick) {
        var log = new ArrayList<String>();
        var now = state;
        while (!table.isOver(now)) {
            var when = table.wakeAt(now).orElse(null);
            if (when == null) {
                log.add("waits");
                return log;
            }
            var step = table.step(now, tick.at(when));
            for (var act : step.acts()) log.add(millis(when) + " " + act);
            now = step.next();
            if (table.isOver(now)) log.add(millis(when) + " over");
        }
        return log;
    }

    private static long millis(Instant when) {
        return Duration.between(Instant.EPOCH, when).toMillis();
    }
}
