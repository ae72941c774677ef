// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time as a line of a log states it, with as much of a date as stands there.
///
/// @param year 0 where none is written
/// @param month 0 where no date is written
/// @param day of the month; 0 where no date is written
/// @param nanos since midnight
/// @param zoned whether a zone is written; the parts above are then in UTC
record LogStamp(int year, int month, int day, long nanos, boolean zoned) {
    private static final long SECOND = 1_000_000_000;
    private static final long DAY = 86_400 * SECOND;

    /// FreeSWITCH puts the channel's before a line.
    private static final Pattern UUID = Pattern.compile("[0-9a-f-]{36} ");

    /// @param from where it begins in its line
    record Found(LogStamp stamp, int from) {}

    /// @param epochSecond since 1970, in UTC
    static @Nullable LogStamp ofEpoch(long epochSecond, long nano) {
        return at(Math.floorDiv(epochSecond, 86_400), epochSecond % 86_400 * SECOND + nano, true);
    }

    boolean hasDate() {
        return month > 0;
    }

    boolean hasYear() {
        return year > 0;
    }

    /// The time in front of what a line says: only brackets, numbers, a UUID, or a name and a bar
    /// may stand before it.
    static @Nullable LogStamp leading(String line) {
        var found = LogStampReader.first(line, Math.min(line.length(), LogStampReader.FAR));
        if (found == null) return null;
        return isBare(line.substring(0, found.from())) ? found.stamp() : null;
    }

    private static boolean isBare(String before) {
        return before.stripTrailing().endsWith("|")
                || UUID.matcher(before).matches()
                || before.chars().noneMatch(c -> Character.isLetter(c));
    }

    /// @param offset seconds east of UTC
    LogStamp inUtc(int offset) {
        var shifted = nanos - offset * SECOND;
        if (!hasYear()) return new LogStamp(year, month, day, Math.floorMod(shifted, DAY), true);
        var epochDay = LocalDate.of(year, month, day).toEpochDay();
        var moved = at(epochDay + Math.floorDiv(shifted, DAY), Math.floorMod(shifted, DAY), true);
        return moved == null ? this : moved;
    }

    private static @Nullable LogStamp at(long epochDay, long nanos, boolean zoned) {
        try {
            var date = LocalDate.ofEpochDay(epochDay);
            return LogStampReader.isYear(date.getYear())
                    ? new LogStamp(
                            date.getYear(),
                            date.getMonthValue(),
                            date.getDayOfMonth(),
                            nanos,
                            zoned)
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
