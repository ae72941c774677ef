// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A message that ngrep printed without `-W byline`: two dots for each line end, and lines broken
/// where the screen ended.
final class LogScreen {
    private static final String INDENT = "  ";
    private static final int MOST_LINES = 1_000;
    private static final int WIDEST = 1_000;

    /// Where a line ended: two dots before another pair, a header, or a line of SDP.
    private static final Pattern LINE_END =
            Pattern.compile("\\.\\.(?=\\.\\.|[A-Za-z][A-Za-z0-9-]{0,40} ?:|[a-z]=|$)");

    private final List<String> lines = new ArrayList<>();

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Takes a line of such a message.
    ///
    /// @return false if it is none
    boolean take(String line) {
        if (!line.startsWith(INDENT) || line.length() > WIDEST || lines.size() == MOST_LINES)
            return false;
        if (lines.isEmpty() && !(line.contains("SIP/2.0") && line.contains(".."))) return false;
        lines.add(line.substring(INDENT.length()));
        return true;
    }

    /// The lines of the message; none are left behind.
    List<String> unwrap() {
        var unwrapped = List.of(LINE_END.split(String.join("", lines), -1));
        lines.clear();
        return unwrapped;
    }
}
