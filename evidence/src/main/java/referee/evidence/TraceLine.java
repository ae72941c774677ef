// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One line of a trace, with the indented lines below it.
sealed interface TraceLine {
    record ActorLine(String name, String address, String transport) implements TraceLine {}

    record StartLine(Instant instant) implements TraceLine {}

    record End(Duration time) implements TraceLine {}

    /// @param from name or address of the sender
    record Path(String from, String to) {}

    record GapLine(Duration time, Gap.Kind kind, Optional<Path> between, String says)
            implements TraceLine {}

    /// @param method what it asks, or answers
    /// @param code 0 for a request
    /// @param phrase the reason phrase; empty for the registered one
    /// @param options by name; a flag has an empty value
    /// @param details the indented lines, without their indent
    record Message(
            Duration time,
            String from,
            String to,
            String method,
            int code,
            String phrase,
            Map<String, String> options,
            List<String> details)
            implements TraceLine {

        boolean is(String flag) {
            return options.containsKey(flag);
        }

        Optional<String> option(String name) {
            return Optional.ofNullable(options.get(name));
        }

        /// What `again` and `relayed` look for: such as `486 INVITE`.
        String label() {
            return code == 0 ? method : code + " " + method;
        }

        String call() {
            return options.getOrDefault("call", "1");
        }
    }

    Set<String> FLAGS = Set.of("again", "relayed", "record-route", "new", "verbatim");
    Set<String> KEYS = Set.of("call", "uri", "cseq", "branch", "to-tag", "from-tag", "sipfrag");

    static boolean saysSomething(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    /// Whether the line is indented, and so belongs to the one above unless that begins with a time
    /// of its own.
    static boolean isDetail(String line) {
        if (line.isBlank() || !Character.isWhitespace(line.charAt(0))) return false;
        return !beginsWithTime(line.strip());
    }

    /// Whether an indented line is more than a comment.
    static boolean counts(String line) {
        return !line.strip().startsWith("#");
    }

    static boolean beginsWithTime(String text) {
        var word = text.split("\\s+", 2);
        return word.length == 2 && isTime(word[0]);
    }

    static TraceLine parse(String line, List<String> details) throws TraceError {
        var words = line.split("\\s+", -1);
        return switch (words[0]) {
            case "actor" -> actor(words);
            case "start" -> start(words);
            default -> event(line, words, details);
        };
    }

    private static TraceLine actor(String[] words) throws TraceError {
        if (words.length < 3 || words.length > 4) {
            throw new TraceError("expected: actor NAME ADDRESS[:PORT] [TRANSPORT]");
        }
        return new ActorLine(words[1], words[2], words.length == 4 ? words[3] : "udp");
    }

    private static TraceLine start(String[] words) throws TraceError {
        try {
            return new StartLine(Instant.parse(words.length == 2 ? words[1] : ""));
        } catch (DateTimeException e) {
            throw new TraceError("expected: start DATE-TIME, such as 2026-01-08T20:28:01Z");
        }
    }

    private static TraceLine event(String line, String[] words, List<String> details)
            throws TraceError {
        if (!isTime(words[0])) {
            throw new TraceError(
                    "expected a time, 'actor' or 'start', and found '" + words[0] + "'");
        }
        var time = time(words[0]);
        if (words.length == 2 && words[1].equals("end")) return new End(time);
        if (words.length > 2 && words[1].equals("gap")) return gap(time, line, words);
        if (words.length < 5 || !words[2].equals("->")) {
            throw new TraceError("expected: TIME FROM -> TO MESSAGE, TIME gap … or TIME end");
        }
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
                return new GapLine(time, kind, between, line.substring(says + 6));
            }
        }
        throw new TraceError("expected: TIME gap KIND [FROM -> TO] says TEXT");
    }

    private static TraceLine message(Duration time, String[] words, List<String> details)
            throws TraceError {
        var code = words[4].length() == 3 && isTime(words[4]) ? Integer.parseInt(words[4]) : 0;
        if (code > 0 && words.length < 6) throw new TraceError("expected the method after " + code);
        var method = code > 0 ? words[5] : words[4];
        var at = code > 0 ? 6 : 5;
        var phrase = new StringBuilder();
        while (at < words.length && code > 0 && !isOption(words[at])) {
            phrase.append(phrase.isEmpty() ? "" : " ").append(words[at++]);
        }
        var options = new LinkedHashMap<String, String>();
        for (; at < words.length; at++) {
            if (!isOption(words[at])) throw new TraceError("unknown option '" + words[at] + "'");
            var equals = words[at].indexOf('=');
            if (equals < 0) options.put(words[at], "");
            else options.put(words[at].substring(0, equals), words[at].substring(equals + 1));
        }
        return new Message(
                time, words[1], words[3], method, code, phrase.toString(), options, details);
    }

    private static boolean isOption(String word) {
        var equals = word.indexOf('=');
        return equals < 0
                ? FLAGS.contains(word)
                : KEYS.contains(word.substring(0, equals).toLowerCase(Locale.ROOT));
    }

    private static boolean isTime(String word) {
        var dots = 0;
        for (var i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '.') dots++;
            else if (word.charAt(i) < '0' || word.charAt(i) > '9') return false;
        }
        return dots <= 1 && !word.isEmpty() && word.charAt(0) != '.' && word.length() <= 24;
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
