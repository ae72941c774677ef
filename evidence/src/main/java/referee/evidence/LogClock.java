// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import referee.evidence.LogMoment.Known;

/// Makes instants of the times in a log, which may lack zone, year or the whole date.
///
/// A part that is missing is carried on from line to line, over midnight and over New Year. Where
/// it begins is taken from any line that does tell it; else, once [#settle] is called, from what
/// else is known; else it is an unknown day, and [#notes] says so.
final class LogClock {
    /// Stands for a year that is not known; one with a 29th of February.
    static final int UNKNOWN_YEAR = 1972;

    private static final long DAY = 86_400_000_000_000L;

    /// So far behind the line before, a time of day belongs to the next day.
    private static final long NEXT_DAY = 65 * 60_000_000_000L;

    /// Of the years that a log may be from; keeps nanoseconds within a long.
    private static final long LAST_DAY = LocalDate.of(2200, 1, 1).toEpochDay();

    private static final long UNKNOWN_DAY = LocalDate.of(UNKNOWN_YEAR, 1, 1).toEpochDay();

    /// What a Date header says, and when the log has it.
    record Hint(LogMoment moment, Instant date) {}

    private LogMoment now = new LogMoment(Known.TIME, 0, 0);
    private boolean started;
    private boolean zoneless;
    private boolean lacksDay;
    private boolean lacksYear;
    private boolean usedDate;
    private OptionalLong dayShift = OptionalLong.empty();
    private Known dayShiftTo = Known.YEAR;
    private OptionalLong yearShift = OptionalLong.empty();
    private Optional<String> dayFrom = Optional.empty();
    private Optional<String> yearFrom = Optional.empty();

    /// The moment of the last time that was seen.
    LogMoment now() {
        return now;
    }

    boolean started() {
        return started;
    }

    LogMoment see(LogStamp stamp) {
        if (!stamp.zoned()) zoneless = true;
        now = stamp.hasYear() ? year(stamp) : stamp.hasDate() ? date(stamp) : time(stamp.nanos());
        started = true;
        return now;
    }

    private LogMoment time(long nanos) {
        return new LogMoment(now.known(), started ? dayOf(nanos) : 0, nanos);
    }

    /// The day, in the present count, of a time of day that follows.
    private long dayOf(long nanos) {
        var ahead = nanos - now.nanos();
        if (ahead < -NEXT_DAY) return now.day() + 1;
        return ahead > DAY - NEXT_DAY ? now.day() - 1 : now.day();
    }

    private LogMoment date(LogStamp stamp) {
        if (now.known() == Known.TIME) {
            var day = LocalDate.of(UNKNOWN_YEAR, stamp.month(), stamp.day()).toEpochDay();
            if (started && dayShift.isEmpty()) {
                dayShift = OptionalLong.of(day - dayOf(stamp.nanos()));
                dayShiftTo = Known.DATE;
            }
            return new LogMoment(Known.DATE, day, stamp.nanos());
        }
        return new LogMoment(now.known(), nearest(stamp, now.day()), stamp.nanos());
    }

    /// The day of this month and day of month that is nearest, in the year before, the same, or the
    /// next.
    private static long nearest(LogStamp stamp, long day) {
        var year = LocalDate.ofEpochDay(day).getYear();
        var best = Long.MAX_VALUE;
        for (var y = year - 1; y <= year + 1; y++) {
            var candidate = dayIn(y, stamp.month(), stamp.day());
            if (Math.abs(candidate - day) < Math.abs(best - day)) best = candidate;
        }
        return best;
    }

    private static long dayIn(int year, int month, int day) {
        return LocalDate.of(year, month, 1).toEpochDay() + day - 1;
    }

    private LogMoment year(LogStamp stamp) {
        var day = LocalDate.of(stamp.year(), stamp.month(), stamp.day()).toEpochDay();
        if (started && now.known() == Known.TIME && dayShift.isEmpty()) {
            dayShift = OptionalLong.of(day - dayOf(stamp.nanos()));
            dayShiftTo = Known.YEAR;
        }
        if (started && now.known() == Known.DATE && yearShift.isEmpty()) {
            var pretended = LocalDate.ofEpochDay(nearest(stamp, now.day())).getYear();
            yearShift = OptionalLong.of(stamp.year() - pretended);
        }
        return new LogMoment(Known.YEAR, day, stamp.nanos());
    }

    /// Decides where days and years begin that no line told: from here on, every moment is an
    /// instant.
    ///
    /// @param fileTime when the file was last written to; its last line is not later
    void settle(LogMoment first, Optional<Hint> hint, Optional<Instant> fileTime) {
        if (dayShift.isEmpty() && first.known() == Known.TIME) settleDay(first, hint, fileTime);
        if (yearShift.isEmpty()) settleYear(hint, fileTime);
    }

    private void settleDay(LogMoment first, Optional<Hint> hint, Optional<Instant> fileTime) {
        dayShiftTo = Known.YEAR;
        if (hint.isPresent() && hint.get().moment().known() == Known.TIME) {
            var moment = hint.get().moment();
            var day = Math.round((nanos(hint.get().date()) - moment.nanos()) / (double) DAY);
            dayShift = OptionalLong.of(day - moment.day());
            dayFrom = Optional.of("a Date header");
        } else if (fileTime.isPresent() && started) {
            var day = Math.floorDiv(nanos(fileTime.get()) - now.nanos(), DAY);
            dayShift = OptionalLong.of(day - now.day());
            dayFrom = Optional.of("when the file was written");
        } else {
            dayShift = OptionalLong.of(UNKNOWN_DAY - first.day());
            lacksDay = true;
        }
    }

    private void settleYear(Optional<Hint> hint, Optional<Instant> fileTime) {
        if (hint.isPresent() && isDate(hint.get().moment())) {
            var day = dated(hint.get().moment());
            var real = nanos(hint.get().date()) / DAY;
            yearShift = OptionalLong.of(Math.round((real - day) / 365.25));
            yearFrom = Optional.of("a Date header");
        } else if (fileTime.isPresent() && isDate(now)) {
            var real = nanos(fileTime.get()) / DAY + 1;
            yearShift = OptionalLong.of((long) Math.floor((real - dated(now)) / 365.25));
            yearFrom = Optional.of("when the file was written");
        } else {
            yearShift = OptionalLong.of(0);
            lacksYear = true;
        }
    }

    private boolean isDate(LogMoment moment) {
        return moment.known() == Known.DATE
                || moment.known() == Known.TIME && dayShiftTo == Known.DATE;
    }

    private long dated(LogMoment moment) {
        return moment.known() == Known.TIME ? moment.day() + dayShift.orElse(0) : moment.day();
    }

    /// To be asked after [#settle] only.
    ///
    /// @return nanoseconds since 1970
    long nanos(LogMoment moment) {
        var day = dated(moment);
        if (isDate(moment)) {
            usedDate = true;
            var date = LocalDate.ofEpochDay(day);
            var year = date.getYear() + (int) yearShift.orElse(0);
            day = dayIn(year, date.getMonthValue(), date.getDayOfMonth());
        }
        return Math.clamp(day, 0, LAST_DAY) * DAY + moment.nanos();
    }

    /// What a reader has to know about the times, a sentence each.
    List<String> notes() {
        if (!started)
            return List.of("The log has no times: only the order of the messages is known.");
        var notes = new ArrayList<String>();
        if (lacksDay)
            notes.add(
                    "The log has times of day only: the day is not known, and shown as 1972-01-01.");
        else if (lacksYear && usedDate)
            notes.add("The log has no year: it is not known, and shown as 1972.");
        dayFrom.ifPresent(from ->
                notes.add("The log has times of day only: the day is taken from " + from + "."));
        yearFrom.ifPresent(
                from -> notes.add("The log has no year: it is taken from " + from + "."));
        if (zoneless) notes.add("The log has no time zone: its times are read as UTC.");
        return notes;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
