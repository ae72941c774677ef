// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// AudioCodes syslog: names the other end and the interface of its own; the time stands at the end
/// of a record, and a message may need several records.
final class AudioCodesLog implements LogFormat {
    private static final Pattern HEAD =
            Pattern.compile(
                    "---- (Incoming|Outgoing) SIP Message (?:from|to) (\\S{2,60}) (?:to|from)"
                            + " SIPInterface (#\\d{1,4}(?: \\([^)]{0,60}\\))?) (\\w{2,4})");
    private static final Pattern TIME =
            Pattern.compile("\\[Time:(\\d\\d-\\d\\d@\\S{8,15})\\]\\s*$");
    private static final Pattern RECORD =
            Pattern.compile("\\[S=\\d{1,12}\\] {0,2}\\[SID=[^\\]]{1,60}\\] ?");

    @Override
    public String name() {
        return "audiocodes";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(" SIP Message ");
        if (at < 0) return null;
        var head = LogPattern.find(HEAD, line, at - 15);
        if (head == null) return null;
        return LogHead.of(this, head.start(), LogHead.way(head.group(1).equals("Incoming")))
                .peer(LogAddress.of(head.group(2)))
                .face(head.group(3))
                .over(head.group(4));
    }

    @Override
    public @Nullable LogStamp stamp(String line) {
        var at = line.lastIndexOf("[Time:");
        var time = at < 0 ? null : LogPattern.find(TIME, line, at);
        return time == null ? null : LogStampReader.best(time.group(1), 10);
    }

    @Override
    public boolean breaksOff(String line) {
        return stamp(line) != null;
    }

    @Override
    public boolean continues(String line) {
        var at = line.indexOf("[S=");
        return at >= 0 && LogPattern.find(RECORD, line, at) != null;
    }

    /// Without the time at the end of a record and what stands at the beginning of the next.
    @Override
    public String text(String line) {
        var to = stamp(line) == null ? line.length() : line.lastIndexOf("[Time:");
        if (to < line.length() && to > 0 && line.charAt(to - 1) == ' ') to--;
        var at = line.indexOf("[S=");
        var record = at < 0 ? null : LogPattern.find(RECORD, line, at);
        var from = record == null ? 0 : record.end();
        return line.substring(Math.min(from, to), to);
    }
}
