// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// sngrep's text file: names both ends and the whole time.
final class SngrepLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}) (\\S{2,60}:\\d{1,5})"
                            + " -> (\\S{2,60}:\\d{1,5})\\s*$");

    @Override
    public String name() {
        return "sngrep";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(" -> ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 100);
        if (head == null || NgrepLog.precedes(line, head.start())) return null;
        return LogHead.of(this, head.start(), LogHead.Way.SENT)
                .own(LogAddress.of(head.group(2)))
                .peer(LogAddress.of(head.group(3)))
                .at(Optional.ofNullable(LogStampReader.best(head.group(1), 20)));
    }
}
