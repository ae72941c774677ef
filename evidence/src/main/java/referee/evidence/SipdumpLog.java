// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Kamailio's sipdump module in text mode: names both ends, the transport, and a time since 1970.
final class SipdumpLog implements LogFormat {
    private static final String HEAD = "====================";
    private static final Pattern FIELD =
            Pattern.compile("(?<!\\S)(time|proto|srcip|srcport|dstip|dstport): (\\S{1,60})");
    private static final String END = "||||||||||||||||||||";

    @Override
    public String name() {
        return "kamailio-sipdump";
    }

    @Override
    public @Nullable LogHead head(String line) {
        var at = line.indexOf(HEAD);
        if (at < 0 || at + HEAD.length() != line.stripTrailing().length()) return null;
        return LogHead.of(this, at, LogHead.Way.UNKNOWN);
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public LogHead more(LogHead head, String line) {
        var field = LogPattern.find(FIELD, line, 0);
        if (field == null) return head;
        var value = field.group(2);
        return switch (field.group(1)) {
            case "time" -> head.at(time(value));
            case "proto" -> head.over(value);
            case "srcip" -> head.own(LogAddress.of(value)).went(LogHead.Way.SENT);
            case "srcport" -> head.own(port(head.own(), value));
            case "dstip" -> head.peer(LogAddress.of(value));
            case "dstport" -> head.peer(port(head.peer(), value));
            default -> head;
        };
    }

    private static Optional<Endpoint> port(Optional<Endpoint> end, String digits) {
        if (!TraceGrammar.isNumber(digits) || digits.length() > 5) return end;
        return end.flatMap(one -> LogAddress.of(one.host(), digits, 0));
    }

    private static Optional<LogStamp> time(String value) {
        var dot = value.indexOf('.');
        if (dot < 0 || dot > 11 || value.length() != dot + 7) return Optional.empty();
        var whole = value.substring(0, dot);
        var micros = value.substring(dot + 1);
        if (!TraceGrammar.isNumber(whole) || !TraceGrammar.isNumber(micros))
            return Optional.empty();
        return Optional.ofNullable(
                LogStamp.ofEpoch(Long.parseLong(whole), Long.parseLong(micros) * 1000));
    }

    @Override
    public int end(String line) {
        return line.stripTrailing().endsWith(END) ? line.indexOf(END) : -1;
    }
}
