// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// belle-sip, the stack of Linphone: names the other end only.
final class BelleSipLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "channel \\[[^\\]]{1,40}\\]: (received \\[(\\d{1,7})\\] new bytes from|message sent to)"
                            + " \\[(?:(\\w{2,4})://)?([^\\]]{2,120})\\](?:, size: \\[(\\d{1,7})\\] bytes)?");

    @Override
    public String name() {
        return "belle-sip";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf("channel [");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).startsWith("received")))
                .octets(LogPattern.group(head, 2) + LogPattern.group(head, 5))
                .over(LogPattern.group(head, 3))
                .peer(LogAddress.of(head.group(4)));
    }
}
