// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for a pattern near a place, so that a long line costs no more than a short one.
final class LogPattern {
    private static final int FAR = 600;

    private LogPattern() {}

    static @Nullable Matcher find(Pattern pattern, String line, int from) {
        var start = Math.max(0, from);
        var matcher = pattern.matcher(line).region(start, Math.min(line.length(), start + FAR));
        return matcher.find() ? matcher : null;
    }

    static String group(Matcher matcher, int group) {
        var text = matcher.group(group);
        return text == null ? "" : text;
    }
}
