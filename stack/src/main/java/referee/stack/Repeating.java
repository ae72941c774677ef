// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;

/// Repeats something at doubling gaps until it is acknowledged or 64*T1 are over: the 2xx of an
/// INVITE (RFC 3261 §13.3.1.4) and reliable provisional responses (RFC 3262 §3).
final class Repeating {
    private final Agenda agenda;
    private final Timers timers;
    private final boolean capped;
    private final Agenda.Sleeper repeat;
    private final Agenda.Sleeper giveUp;
    private final Instant until;
    private Duration gap;
    private Agenda.Alarm alarm;

    /// @param capped whether the gap grows to T2 only
    Repeating(
            Agenda agenda,
            Timers timers,
            Instant at,
            boolean capped,
            Agenda.Sleeper repeat,
            Agenda.Sleeper giveUp) {
        this.agenda = agenda;
        this.timers = timers;
        this.capped = capped;
        this.repeat = repeat;
        this.giveUp = giveUp;
        this.until = at.plus(timers.times64());
        this.gap = timers.t1();
        this.alarm = agenda.at(at.plus(gap), this::wake);
    }

    void stop() {
        agenda.cancel(alarm);
    }

    private void wake(Instant at) {
        if (!at.isBefore(until)) {
            giveUp.wake(at);
            return;
        }
        repeat.wake(at);
        var when = alarm.when();
        gap = capped ? timers.doubled(gap) : gap.multipliedBy(2);
        var next = when.plus(gap);
        alarm = agenda.at(next.isBefore(until) ? next : until, this::wake);
    }
}
