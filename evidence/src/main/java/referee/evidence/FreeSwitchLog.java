// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// FreeSWITCH's `sofia global siptrace on` (sofia-sip): names the other end, and a time of day.
final class FreeSwitchLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(recv|send) (\\d{1,7}) bytes (?:from|to) (\\w{2,4})/\\[([^\\]]{2,60})\\]"
                            + "(?::(\\d{1,5}))?\\S{0,30} at (\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}):");
    private static final String RULE = "--------------------";

    @Override
    public String name() {
        return "freeswitch";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(" bytes ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 12);
        if (head == null) return null;
        var usual = LogAddress.transport(head.group(3)).map(LogAddress::usualPort).orElse(0);
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).equals("recv")))
                .octets(head.group(2))
                .over(head.group(3))
                .peer(LogAddress.of(head.group(4), LogPattern.group(head, 5), usual))
                .at(Optional.ofNullable(LogStampReader.best(head.group(6), 1)));
    }

    @Override
    public int end(String line) {
        return line.startsWith(RULE) ? 0 : -1;
    }
}
