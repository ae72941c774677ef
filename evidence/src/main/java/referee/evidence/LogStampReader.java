// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds times in lines of a log, whatever form their date has.
///
/// A time is `hh:mm:ss`, perhaps with a fraction and a zone behind it; a date stands before it, or
/// not at all.
final class LogStampReader {
    /// Nothing behind this many characters is looked at.
    static final int FAR = 100;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// Digits of a fraction, or milliseconds behind a colon.
    private static final Pattern FRACTION = Pattern.compile("[.,](\\d{1,9})|:(\\d{3})(?!\\d)");

    private static final Pattern ZONE =
            Pattern.compile("(Z)|[ .](UTC|GMT)\\b|\\s?([+-])(\\d\\d):?(\\d\\d)(?!\\d)");
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T @]$");
    private static final Pattern AMERICAN = Pattern.compile("(\\d\\d)/(\\d\\d)/(\\d{4}) $");
    private static final Pattern DAY_MONTH = Pattern.compile("(\\d\\d)-(\\d\\d)@$");
    private static final Pattern MONTH_DAY =
            Pattern.compile("([A-Z][a-z]{2})[ -]{1,2}(\\d{1,2})(?:[ ,-]{1,2}(\\d{4}))? $");
    private static final Pattern DAY_NAME =
            Pattern.compile("(\\d{1,2})[ -]([A-Z][a-z]{2})[ -](\\d{4}) $");

    private LogStampReader() {}

    static boolean isYear(int year) {
        return year >= 1970 && year < 2200;
    }

    /// The first time that begins before this place.
    static LogStamp.@Nullable Found first(String line, int before) {
        for (var i = 0; i + 8 <= line.length() && i < before; i++) {
            if (isClock(line, i)) return at(line, i);
        }
        return null;
    }

    /// The time that tells most before this place; of two alike, the last.
    static @Nullable LogStamp best(String line, int before) {
        LogStamp best = null;
        for (var i = 0; i + 8 <= line.length() && i < before; i++) {
            if (!isClock(line, i)) continue;
            var stamp = at(line, i).stamp();
            if (best == null || tells(stamp) >= tells(best)) best = stamp;
            i += 8;
        }
        return best;
    }

    private static int tells(LogStamp stamp) {
        return (stamp.hasYear() ? 2 : 0) + (stamp.hasDate() ? 1 : 0);
    }

    private static boolean isClock(String line, int at) {
        if (line.charAt(at + 2) != ':' || line.charAt(at + 5) != ':') return false;
        if (at > 0 && (isDigit(line, at - 1) || line.charAt(at - 1) == ':')) return false;
        if (isDigit(line, at + 8)) return false;
        return isPair(line, at, 24) && isPair(line, at + 3, 60) && isPair(line, at + 6, 61);
    }

    private static LogStamp.Found at(String line, int at) {
        var seconds =
                pair(line, at) * 3600L
                        + pair(line, at + 3) * 60L
                        + Math.min(pair(line, at + 6), 59);
        var fraction = matcher(FRACTION, line, at + 8, Math.min(line.length(), at + 20));
        var nanos = seconds * 1_000_000_000 + (fraction.lookingAt() ? nanos(fraction) : 0);
        var end = fraction.hasMatch() ? fraction.end() : at + 8;
        var date = date(line, at, nanos);
        var zone = matcher(ZONE, line, end, Math.min(line.length(), end + 8));
        if (!zone.lookingAt()) return date;
        return new LogStamp.Found(date.stamp().inUtc(offset(zone)), date.from());
    }

    private static long nanos(Matcher fraction) {
        var digits = fraction.group(1) == null ? fraction.group(2) : fraction.group(1);
        return Long.parseLong(digits + "0".repeat(9 - digits.length()));
    }

    private static int offset(Matcher zone) {
        if (zone.group(3) == null) return 0;
        var seconds = Integer.parseInt(zone.group(4)) * 3600 + Integer.parseInt(zone.group(5)) * 60;
        return zone.group(3).equals("-") ? -seconds : seconds;
    }

    private static LogStamp.Found date(String line, int at, long nanos) {
        var from = Math.max(0, at - 14);
        var numbers = matcher(NUMBERS, line, from, at);
        if (numbers.find()) return found(numbers, 1, number(numbers, 2), 3, nanos, at);
        var name = matcher(MONTH_DAY, line, from, at);
        if (name.find()) return found(name, 3, month(name.group(1)), 2, nanos, at);
        var american = matcher(AMERICAN, line, from, at);
        if (american.find()) return found(american, 3, number(american, 1), 2, nanos, at);
        var dayName = matcher(DAY_NAME, line, from, at);
        if (dayName.find()) return found(dayName, 3, month(dayName.group(2)), 1, nanos, at);
        var short0 = matcher(DAY_MONTH, line, from, at);
        if (short0.find()) return found(short0, 0, number(short0, 2), 1, nanos, at);
        return new LogStamp.Found(new LogStamp(0, 0, 0, nanos, false), at);
    }

    /// @param year the group of the year; 0 for none
    private static LogStamp.Found found(
            Matcher date, int year, int month, int day, long nanos, int at) {
        var years = year == 0 || date.group(year) == null ? 0 : number(date, year);
        var days = number(date, day);
        var real = (years == 0 || isYear(years)) && isDate(years, month, days);
        return real
                ? new LogStamp.Found(new LogStamp(years, month, days, nanos, false), date.start())
                : new LogStamp.Found(new LogStamp(0, 0, 0, nanos, false), at);
    }

    private static boolean isDate(int year, int month, int day) {
        var any = year == 0 ? LogClock.UNKNOWN_YEAR : year;
        return month >= 1 && month <= 12 && java.time.YearMonth.of(any, month).isValidDay(day);
    }

    private static int month(String name) {
        var at = MONTHS.indexOf(name);
        return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Matcher matcher(Pattern pattern, String line, int from, int to) {
        return pattern.matcher(line).region(from, to);
    }

    private static boolean isPair(String line, int at, int below) {
        return isDigit(line, at) && isDigit(line, at + 1) && pair(line, at) < below;
    }

    private static int pair(String line, int at) {
        return (line.charAt(at) - '0') * 10 + line.charAt(at + 1) - '0';
    }

    private static boolean isDigit(String line, int at) {
        return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
    }
}
