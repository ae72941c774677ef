// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SIPp's `-trace_msg`: names no addresses at all; its time stands on the ruled line above.
final class SippLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(\\w{2,4}) message (received|sent) [\\[(](\\d{1,7})(?:[\\])] bytes| bytes\\)) ?:");
    private static final String RULE = "------------------------------";

    @Override
    public String name() {
        return "sipp";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(" message ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 4);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.way(head.group(2).equals("received")))
                .over(head.group(1))
                .octets(head.group(3));
    }

    @Override
    public int end(String line) {
        return line.startsWith(RULE) ? 0 : -1;
    }
}
