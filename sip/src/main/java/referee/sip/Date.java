// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/// The Date header: when the message was first sent (RFC 3261 §20.17).
public record Date(Instant at) {
    public static final HeaderKind<Date> KIND = HeaderKind.single(HeaderName.DATE, Date::read);

    private static final String SOURCE = "RFC 3261 §20.17";
    private static final List<String> DAYS =
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");

    /// Reads the one form SIP has, such as `Sat, 13 Nov 2010 23:29:00 GMT`; case matters.
    static Field<Date> read(Slice value) {
        var cursor = new Cursor(value);
        var known = DAYS.contains(cursor.token().text()) && cursor.take(',');
        var day = number(cursor.skipWhite().token(), 2);
        var month = MONTHS.indexOf(cursor.skipWhite().token().text()) + 1;
        var year = number(cursor.skipWhite().token(), 4);
        var hour = number(cursor.skipWhite().token(), 2);
        var minute = cursor.take(':') ? number(cursor.token(), 2) : -1;
        var second = cursor.take(':') ? number(cursor.token(), 2) : -1;
        var zone = cursor.skipWhite().rest();
        if (!known || !isDay(year, month, day) || !isTime(hour, minute, second))
            return Field.broken("date-form", value, SOURCE);
        if (!zone.is("GMT")) return Field.broken("date-zone-not-gmt", value, SOURCE);
        var time = LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59));
        return Field.of(new Date(time.toInstant(ZoneOffset.UTC)));
    }

    private static boolean isDay(int year, int month, int day) {
        return year >= 0 && month > 0 && day > 0 && YearMonth.of(year, month).isValidDay(day);
    }

    /// A leap second may be written; it is read as the second before it.
    private static boolean isTime(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    }

    private static int number(Slice digits, int length) {
        return digits.length() == length ? (int) digits.number() : -1;
    }
}
