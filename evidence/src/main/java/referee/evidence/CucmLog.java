// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cisco Unified Communications Manager's SDL trace: names the other end, and a time of day.
final class CucmLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(Incoming|Outgoing) SIP (TCP|UDP|TLS) [Mm]essage (?:size (\\d{1,7}) )?(?:from|to) "
                            + "\\[?([0-9A-Fa-f.:]{2,45}?)\\]?"
                            + "(?::\\[?(\\d{1,5})\\]?| on port (\\d{1,5}))"
                            + "(?: index \\d{1,9})?(?: with (\\d{1,7}) bytes)?:?");

    @Override
    public String name() {
        return "cisco-cucm";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf("going SIP ");
        if (at < 0) at = line.indexOf("coming SIP ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 3);
        if (head == null) return null;
        var port = LogPattern.group(head, 5) + LogPattern.group(head, 6);
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).equals("Incoming")))
                .over(head.group(2))
                .octets(LogPattern.group(head, 3) + LogPattern.group(head, 7))
                .peer(LogAddress.of(head.group(4), port, 0));
    }
}
