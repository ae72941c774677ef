// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PJSIP's own log, such as pjsua's with `--log-level 5`: names the other end only.
final class PjsipLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "([RT])X (\\d{1,7}) bytes (?:Request|Response) msg \\S{1,120}(?: \\([^)]{0,60}\\))?"
                            + " (?:from|to) (?:(\\w{2,5}) )?(\\S{1,100}?):?\\s*$");

    @Override
    public String name() {
        return "pjsip";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf("X ");
        if (at < 0 || !line.contains(" msg ")) return null;
        var head = LogPattern.find(HEAD, line, at - 1);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).equals("R")))
                .octets(head.group(2))
                .over(LogPattern.group(head, 3))
                .peer(LogAddress.of(head.group(4)));
    }

    @Override
    public int end(String line) {
        return line.strip().equals("--end msg--") ? 0 : -1;
    }
}
