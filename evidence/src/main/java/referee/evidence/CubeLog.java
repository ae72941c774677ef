// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cisco IOS: `debug ccsip messages`, which names no addresses, and VoIP Trace, which names both
/// ends.
final class CubeLog implements LogFormat {
    private static final String MARK = "ccsipDisplayMsg:";
    private static final Pattern ENDS =
            Pattern.compile(
                    "(?:Received|Sent): ?SIP (\\w{2,4}) message from (\\S{2,60}) to (\\S{2,60})");

    @Override
    public String name() {
        return "cisco-cube";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(MARK);
        if (at < 0) return null;
        return more(LogHead.of(this, at, LogHead.Way.UNKNOWN), line.substring(at + MARK.length()));
    }

    @Override
    public LogHead more(LogHead head, String line) {
        var text = line.strip();
        var received = text.contains("Received:");
        if (!received && !text.contains("Sent:")) return head;
        var went = head.went(LogHead.way(received));
        var ends = LogPattern.find(ENDS, text, 0);
        if (ends == null) return went;
        var from = LogAddress.of(ends.group(2));
        var to = LogAddress.of(ends.group(3));
        return went.over(ends.group(1)).peer(received ? from : to).own(received ? to : from);
    }
}
