// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asterisk's `sip set debug on` (chan_sip): names the other end only, and the transport only of
/// what it received.
final class AsteriskSipLog implements LogFormat {
    private static final Pattern RECEIVED =
            Pattern.compile("<--- SIP read from (?:(\\w{2,4}):)?(\\S{1,100}) --->");
    private static final Pattern SENT =
            Pattern.compile(
                    "(?:<--- )?(?:Reliably |Re)?[Tt]ransmitting (?:#\\d{1,3} )?\\((?:no )?NAT\\) to"
                            + " (\\S{1,100}?)(?: --->|:)\\s*$");

    @Override
    public String name() {
        return "asterisk-sip";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var read = line.indexOf("SIP read from ");
        if (read >= 0) return received(line, read);
        var sent = line.indexOf("ransmitting ");
        return sent >= 0 ? sent(line, sent) : null;
    }

    private @Nullable LogHead received(String line, int at) {
        var head = LogPattern.find(RECEIVED, line, at - 5);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.Way.RECEIVED)
                .over(LogPattern.group(head, 1))
                .peer(LogAddress.of(head.group(2)));
    }

    private @Nullable LogHead sent(String line, int at) {
        var head = LogPattern.find(SENT, line, at - 15);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.Way.SENT).peer(LogAddress.of(head.group(1)));
    }

    @Override
    public int end(String line) {
        return isRule(line) || line.equals("---") || line.startsWith("--- (") ? 0 : -1;
    }

    /// Such as `<------------->`.
    static boolean isRule(String line) {
        if (line.length() < 5 || !line.startsWith("<-") || !line.endsWith("->")) return false;
        return line.substring(1, line.length() - 1).chars().allMatch(c -> c == '-');
    }
}
