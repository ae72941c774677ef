// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import referee.sip.SessionExpires;

/// Keeps a session alive, or ends it when the other side does not (RFC 4028 §10).
final class SessionTimer {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Agenda agenda;
    private final Agenda.Sleeper refresh;
    private final Agenda.Sleeper expire;
    private Optional<Agenda.Alarm> alarm = Optional.empty();

    SessionTimer(Agenda agenda, Agenda.Sleeper refresh, Agenda.Sleeper expire) {
        this.agenda = agenda;
        this.refresh = refresh;
        this.expire = expire;
    }

    /// Starts anew with every session refresh.
    ///
    /// @param agreed what the 2xx says; absent means no timer
    /// @param weAreUac whether the refresh was ours
    void start(Instant at, Optional<SessionExpires> agreed, boolean weAreUac) {
        stop();
        if (agreed.isEmpty() || agreed.get().seconds() == 0) return;
        var interval = Duration.ofSeconds(Math.min(agreed.get().seconds(), LONGEST.toSeconds()));
        var byUac =
                agreed.get()
                        .refresher()
                        .map(side -> side == SessionExpires.Refresher.UAC)
                        .orElse(true);
        alarm =
                Optional.of(
                        byUac == weAreUac
                                ? agenda.at(at.plus(interval.dividedBy(2)), refresh)
                                : agenda.at(at.plus(interval.minus(grace(interval))), expire));
    }

    void stop() {
        alarm.ifPresent(agenda::cancel);
    }

    /// The smaller of 32 s and a third.
    private static Duration grace(Duration interval) {
        var third = interval.dividedBy(3);
        var most = Duration.ofSeconds(32);
        return third.compareTo(most) < 0 ? third : most;
    }
}
