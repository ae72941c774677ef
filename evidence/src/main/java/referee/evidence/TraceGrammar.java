// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.evidence.TraceLine.ActorLine;
import referee.evidence.TraceLine.Detail;
import referee.evidence.TraceLine.End;
import referee.evidence.TraceLine.GapLine;
import referee.evidence.TraceLine.IcmpLine;
import referee.evidence.TraceLine.Message;
import referee.evidence.TraceLine.Path;
import referee.evidence.TraceLine.StartLine;

/// Reads the words of a trace's lines; what they mean is up to [Script].
final class TraceGrammar {
    private static final Set<String> FLAGS =
            Set.of("again", "relayed", "record-route", "new", "auth", "verbatim");
    private static final Set<String> KEYS =
            Set.of(
                    "call",
                    "uri",
                    "for",
                    "over",
                    "cseq",
                    "branch",
                    "to-tag",
                    "from-tag",
                    "relayed",
                    "sdp",
                    "sipfrag",
                    "refer-to",
                    "replaces",
                    "frame");
    private static final Set<String> RESERVED = Set.of("gap", "icmp", "end");
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String MESSAGE =
            "expected: TIME FROM -> TO MESSAGE, TIME gap KIND says TEXT, or TIME end";

    private TraceGrammar() {}

    static boolean saysSomething(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    /// Whether the line is indented, and so belongs to the one above unless it begins with a time
    /// of its own.
    static boolean isDetail(String line) {
        if (line.isBlank() || !Character.isWhitespace(line.charAt(0))) return false;
        return !beginsWithTime(line.strip());
    }

    static boolean beginsWithTime(String text) {
        var end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) end++;
        return end < text.length() && isTime(text.substring(0, end));
    }

    static TraceLine parse(String line, List<Detail> details) throws TraceError {
        var words = line.split("\\s+", -1);
        var parsed =
                switch (words[0]) {
                    case "actor" -> actor(words);
                    case "start" -> start(words);
                    default -> event(line, words, details);
                };
        if (!details.isEmpty() && !(parsed instanceof Message)) {
            throw new TraceError(
                    "expected no indented line here: they belong to messages",
                    details.getFirst().number());
        }
        return parsed;
    }

    private static TraceLine actor(String[] words) throws TraceError {
        var transport = "udp";
        var writes = "";
        for (var i = 3; i < words.length; i++) {
            if (words[i].startsWith("writes=")) writes = words[i].substring(7);
            else if (i == 3) transport = words[i];
            else throw new TraceError("unknown word '" + words[i] + "' behind the actor");
        }
        if (words.length < 3 || !isName(words[1])) {
            throw new TraceError(
                    "expected: actor NAME ADDRESS[:PORT] [TRANSPORT] [writes=ADDRESS[:PORT]]");
        }
        return new ActorLine(words[1], words[2], transport, writes);
    }

    private static TraceLine start(String[] words) throws TraceError {
        try {
            var instant = Instant.parse(words.length == 2 ? words[1] : "");
            if (instant.isAfter(LATEST) || instant.isBefore(EARLIEST))
                throw new TraceError("expected a year from 0000 to 9999");
            return new StartLine(instant);
        } catch (DateTimeException e) {
            throw new TraceError("expected: start DATE-TIME, such as 2026-01-08T20:28:01Z");
        }
    }

    private static TraceLine event(String line, String[] words, List<Detail> details)
            throws TraceError {
        if (!isTime(words[0])) {
            throw new TraceError(
                    "expected a time, 'actor' or 'start', and found '" + words[0] + "'");
        }
        var time = time(words[0]);
        if (words.length == 2 && words[1].equals("end")) return new End(time);
        if (words.length > 2 && words[1].equals("gap")) return gap(time, line, words);
        if (words.length > 2 && words[1].equals("icmp")) return icmp(time, words);
        if (words.length < 5 || !words[2].equals("->")) throw new TraceError(MESSAGE);
        return message(time, words, details);
    }

    private static TraceLine gap(Duration time, String line, String[] words) throws TraceError {
        var says = line.indexOf(" says ");
        var between =
                words.length > 5 && words[4].equals("->")
                        ? Optional.of(new Path(words[3], words[5]))
                        : Optional.<Path>empty();
        for (var kind : Gap.Kind.values()) {
            if (kind.word().equals(words[2]) && says > 0) {
                return new GapLine(time, kind, between, line.substring(says + 6).strip());
            }
        }
        throw new TraceError("expected: TIME gap KIND [FROM -> TO] says TEXT");
    }

    private static TraceLine icmp(Duration time, String[] words) throws TraceError {
        var complete = words.length >= 8 && words[4].equals("->") && words[6].equals("by");
        var numbered = words.length == 9 && words[8].startsWith("frame=");
        var frame = numbered ? words[8].substring(6) : "0";
        if (complete && (words.length == 8 || numbered) && isNumber(frame) && frame.length() < 18) {
            for (var reason : Unreachable.Reason.values()) {
                if (!reason.word().equals(words[2])) continue;
                var path = new Path(words[3], words[5]);
                return new IcmpLine(time, reason, path, words[7], Long.parseLong(frame));
            }
        }
        throw new TraceError("expected: TIME icmp REASON FROM -> TO by WHO [frame=N]");
    }

    private static TraceLine message(Duration time, String[] words, List<Detail> details)
            throws TraceError {
        var code = isNumber(words[4]) ? code(words[4]) : 0;
        if (code > 0 && words.length < 6) throw new TraceError("expected the method after " + code);
        var method = code > 0 ? words[5] : words[4];
        if (isOption(method) || !isToken(method))
            throw new TraceError(
                    "expected a method, or a code and a method, and found '" + words[4] + "'");
        var at = code > 0 ? 6 : 5;
        var phrase = new StringBuilder();
        while (at < words.length && code > 0 && !isOption(words[at]) && !words[at].contains("=")) {
            phrase.append(phrase.isEmpty() ? "" : " ").append(words[at++]);
        }
        var options = new LinkedHashMap<String, String>();
        for (; at < words.length; at++) option(words[at], options);
        return new Message(
                time, words[1], words[3], method, code, phrase.toString(), options, details);
    }

    private static int code(String word) throws TraceError {
        if (word.length() != 3 || word.charAt(0) == '0')
            throw new TraceError(
                    "expected a status code from 100 to 999, and found '" + word + "'");
        return Integer.parseInt(word);
    }

    private static void option(String word, Map<String, String> options) throws TraceError {
        if (!isOption(word)) throw new TraceError("unknown option '" + word + "'");
        var equals = word.indexOf('=');
        var name = equals < 0 ? word : word.substring(0, equals);
        if (options.put(name, equals < 0 ? "" : word.substring(equals + 1)) != null)
            throw new TraceError("option '" + name + "' is given twice");
    }

    private static boolean isOption(String word) {
        var equals = word.indexOf('=');
        return equals < 0 ? FLAGS.contains(word) : KEYS.contains(word.substring(0, equals));
    }

    /// Whether this can be an actor: a letter, then letters, digits, `-` and `_`.
    static boolean isName(String word) {
        if (word.isEmpty() || !isLetter(word.charAt(0))) return false;
        if (RESERVED.contains(word)) return false;
        return word.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-' || c == '_');
    }

    private static boolean isToken(String word) {
        return word.chars()
                .allMatch(c -> isLetter(c) || isDigit(c) || "-.!%*_+`'~".indexOf(c) >= 0);
    }

    static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(TraceGrammar::isDigit);
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isTime(String word) {
        var dot = word.indexOf('.');
        var whole = dot < 0 ? word : word.substring(0, dot);
        return isNumber(whole) && (dot < 0 || isNumber(word.substring(dot + 1)));
    }

    private static Duration time(String word) throws TraceError {
        var dot = word.indexOf('.');
        var whole = dot < 0 ? word : word.substring(0, dot);
        var fraction = dot < 0 ? "" : word.substring(dot + 1);
        if (fraction.length() > 9 || whole.length() > 10) {
            throw new TraceError(
                    "expected seconds with at most nine decimals, and found '" + word + "'");
        }
        var nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        return Duration.ofSeconds(Long.parseLong(whole), nanos);
    }
}
