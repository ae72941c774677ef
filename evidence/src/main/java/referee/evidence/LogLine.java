// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// One line of a log without its line end and its colours, an octet a character, so that none is
/// lost.
///
/// @param cr whether it ended in CRLF
/// @param part whether it is the rest of a longer line whose line ends were written out, as syslog
///   does; such a part has no prefix of its own
/// @param cut whether it was longer than is read, and its end is missing
record LogLine(String text, boolean cr, boolean part, boolean cut) {
    static LogLine of(String text) {
        return new LogLine(text, false, false, false);
    }
}
