// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Evidence times as they are printed; always UTC.
public final class Times {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /// ISO-8601 with microseconds.
    public static String iso(Instant at) {
        return ISO.format(at);
    }

    /// Date and time to the second.
    static String day(Instant at) {
        return DAY.format(at);
    }

    /// Time of day to the millisecond.
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /// Such as `0.25 s`, `61.5 s` or `2 h 05 min`.
    static String span(Duration span) {
        if (span.toMinutes() >= 60)
            return "%d h %02d min".formatted(span.toHours(), span.toMinutesPart());
        var seconds = String.format(Locale.ROOT, "%.3f", span.toNanos() / 1e9);
        while (seconds.endsWith("0")) seconds = seconds.substring(0, seconds.length() - 1);
        return (seconds.endsWith(".") ? seconds.substring(0, seconds.length() - 1) : seconds)
                + " s";
    }
}
