// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asterisk's `pjsip set logger on` (res_pjsip_logger): names the other end only.
final class AsteriskPjsipLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "<--- (Received|Transmitting) SIP (?:request|response) \\((\\d{1,7}) bytes\\)"
                            + " (?:from|to) (\\w{2,5}):(\\S{1,100}) --->");

    @Override
    public String name() {
        return "asterisk-pjsip";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var from = line.indexOf(" SIP re");
        if (from < 0) return null;
        var head = LogPattern.find(HEAD, line, from - 20);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).equals("Received")))
                .octets(head.group(2))
                .over(head.group(3))
                .peer(LogAddress.of(head.group(4)));
    }

    /// It writes none itself; logs that were edited have one.
    @Override
    public int end(String line) {
        return AsteriskSipLog.isRule(line) ? 0 : -1;
    }
}
