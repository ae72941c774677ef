// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import org.jspecify.annotations.Nullable;

/// How one program writes SIP messages into its log: a head, perhaps some lines, the message line
/// by line, perhaps a terminator.
interface LogFormat {
    /// As reports call it: lower case, such as `asterisk-pjsip`.
    String name();

    /// The head of a message that stands in this line, if one does. Called for every line, so it
    /// has to look for a few telling characters first.
    @Nullable LogHead head(String line);

    /// Whether others, too, may write such a line as its head.
    default boolean isPlain() {
        return false;
    }

    /// What a line between the head and the message adds.
    default LogHead more(LogHead head, String line) {
        return head;
    }

    /// Where in this line of a message its terminator begins, or -1.
    default int end(String line) {
        return -1;
    }

    /// A line of the message without what this log puts around it.
    default String text(String line) {
        return line;
    }

    /// The time, if the log states it behind the message.
    default @Nullable LogStamp stamp(String line) {
        return null;
    }

    /// Whether this line is the rest of the line before, which did not fit a record.
    default boolean continues(String line) {
        return false;
    }

    /// Whether what is left of this line goes on in the next record.
    default boolean breaksOff(String line) {
        return false;
    }
}
