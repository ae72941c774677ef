// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/// What is to happen when, in order of time; of one time in the order it was set.
final class Agenda {
    interface Sleeper {
        void wake(Instant at);
    }

    /// One entry; it can be taken back.
    record Alarm(Instant when, long number, Sleeper sleeper) {}

    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.comparing(Alarm::when).thenComparingLong(Alarm::number));
    private long count;

    Alarm at(Instant when, Sleeper sleeper) {
        var alarm = new Alarm(when, count++, sleeper);
        alarms.add(alarm);
        return alarm;
    }

    void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    Optional<Instant> next() {
        return alarms.isEmpty() ? Optional.empty() : Optional.of(alarms.first().when());
    }

    /// Wakes everyone whose time has come, each at the time it asked for or now, whichever is
    /// later.
    void advanceTo(Instant at) {
        while (!alarms.isEmpty() && !alarms.first().when().isAfter(at)) {
            alarms.pollFirst().sleeper().wake(at);
        }
    }
}
