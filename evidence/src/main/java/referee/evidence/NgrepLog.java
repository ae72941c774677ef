// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// ngrep: names both ends; every octet that cannot be printed, and so each CR, is a dot. Without
/// `-W byline` each LF is one as well, and lines end where the screen did.
final class NgrepLog implements LogFormat {
    static final String INDENT = "  ";

    /// Where a line ended: two dots before another pair, a header, or a line of SDP.
    private static final Pattern LINE_END =
            Pattern.compile("\\.\\.(?=\\.\\.|[A-Za-z][A-Za-z0-9-]{0,40} ?:|[a-z]=|$)");

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

    /// Whether this is the first line of a message that is broken where the screen ended.
    static boolean isWrapped(String line) {
        return line.startsWith(INDENT) && line.contains("SIP/2.0") && line.contains("..");
    }

    /// The lines of such a message.
    static List<String> unwrap(List<String> screen) {
        var text = new StringBuilder();
        for (var line : screen)
            text.append(line, Math.min(INDENT.length(), line.length()), line.length());
        return List.of(LINE_END.split(text, -1));
    }
}
