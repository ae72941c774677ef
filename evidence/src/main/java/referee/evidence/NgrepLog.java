// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// ngrep: names both ends; every octet that cannot be printed, and so each CR, is a dot. Without
/// `-W byline` each LF is one as well, see [LogScreen].
final class NgrepLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(?<!\\S)([UT]) (?:(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}|\\+\\d{1,9}\\.\\d{1,9}) )?"
                            + "(\\S{2,60}:\\d{1,5}) -> (\\S{2,60}:\\d{1,5})(?: \\[[A-Z]*\\])?(?: #\\d{1,9})?\\s*$");

    @Override
    public String name() {
        return "ngrep";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(" -> ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 100);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.Way.SENT)
                .over(head.group(1).equals("T") ? "tcp" : "udp")
                .own(LogAddress.of(head.group(3)))
                .peer(LogAddress.of(head.group(4)))
                .at(Optional.ofNullable(LogStampReader.best(LogPattern.group(head, 2), 20)));
    }

    /// Whether what stands before this place makes it a head of ngrep's.
    static boolean precedes(String line, int at) {
        return at >= 2 && (line.startsWith("U ", at - 2) || line.startsWith("T ", at - 2));
    }

    @Override
    public String text(String line) {
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
