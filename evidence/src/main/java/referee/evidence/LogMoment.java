// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// When something was logged, as far as is known yet.
///
/// @param known how much of the date is known
/// @param day with [Known#TIME] a count of days from some first day; with [Known#DATE] days since
///   1970 as if the log began in [LogClock#UNKNOWN_YEAR]; with [Known#YEAR] days since 1970
/// @param nanos since midnight
record LogMoment(Known known, long day, long nanos) {
    enum Known {
        TIME,
        DATE,
        YEAR
    }
}
