// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import org.jspecify.annotations.Nullable;

/// What stands before each line of a message: nothing, an indentation, or what syslog, a container
/// or the program itself puts there, whose numbers and words may change from line to line.
record LogPrefix(String text) {
    /// What is behind the prefix of this line; null if it has none and is therefore no line of the
    /// message.
    @Nullable String strip(String line) {
        if (text.isEmpty()) return line;
        if (line.isBlank()) return "";
        if (text.isBlank()) return indented(line);
        var end = end(line);
        return end < 0 ? null : line.substring(end);
    }

    private @Nullable String indented(String line) {
        var at = 0;
        while (at < text.length() && at < line.length() && isBlank(line, at)) at++;
        return at == text.length() ? line.substring(at) : null;
    }

    /// Where the prefix ends in this line, or -1. A run of letters and digits stands for any other,
    /// white space for any white space, but the last for no more than itself; anything else for
    /// itself.
    private int end(String line) {
        var at = 0;
        for (var i = 0; i < text.length(); ) {
            var next = runEnd(text, i);
            if (isWord(text, i)) {
                if (!isWord(line, at)) return -1;
                at = runEnd(line, at);
            } else if (isBlank(text, i)) {
                at = next == text.length() ? last(line, at, next - i) : blanks(line, at);
                if (at < 0) return -1;
            } else {
                if (at >= line.length() || line.charAt(at) != text.charAt(i)) return -1;
                at++;
            }
            i = next;
        }
        return at;
    }

    private static int blanks(String line, int at) {
        return isBlank(line, at) ? runEnd(line, at) : -1;
    }

    /// The white space before an empty line may be lost.
    private static int last(String line, int at, int count) {
        var end = at;
        while (end < at + count && isBlank(line, end)) end++;
        return end == at + count || end == line.length() ? end : -1;
    }

    private static int runEnd(String text, int at) {
        var end = at;
        if (isWord(text, at)) while (isWord(text, end)) end++;
        else if (isBlank(text, at)) while (isBlank(text, end)) end++;
        else end++;
        return end;
    }

    private static boolean isWord(String text, int at) {
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    private static boolean isBlank(String text, int at) {
        return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
    }
}
