// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import referee.evidence.Sighting;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;

/// The same message as other products write it.
final class Wording {
    private static final Map<String, String> COMPACT =
            Map.ofEntries(
                    Map.entry("via", "v"),
                    Map.entry("from", "f"),
                    Map.entry("to", "t"),
                    Map.entry("call-id", "i"),
                    Map.entry("contact", "m"),
                    Map.entry("content-length", "l"),
                    Map.entry("content-type", "c"),
                    Map.entry("supported", "k"),
                    Map.entry("event", "o"),
                    Map.entry("refer-to", "r"),
                    Map.entry("referred-by", "b"),
                    Map.entry("allow-events", "u"),
                    Map.entry("session-expires", "x"));
    private static final Pattern TAG = Pattern.compile("(tag(?:=|%3D|%253D))([A-Za-z0-9._-]+)");
    private static final Pattern BRANCH = Pattern.compile("(branch=z9hG4bK)([A-Za-z0-9._-]+)");

    private Wording() {}

    /// Lower case, short names, unusual order, other tags and branches.
    static Sighting brief(Sighting seen) {
        return reworded(
                seen,
                head -> {
                    var lines = regrouped(unfolded(renamed(head)));
                    lines.replaceAll(line -> {
                        var name = name(line);
                        return COMPACT.getOrDefault(name, name) + ":" + value(line);
                    });
                    return signed(lines, seen, "Asterisk PBX 20.5.0");
                });
    }

    /// Upper case, spaces around the colon, folded before parameters.
    static Sighting wide(Sighting seen) {
        return reworded(
                seen,
                head -> {
                    var lines = unfolded(head);
                    lines.replaceAll(line -> {
                        var name = name(line);
                        var tagged = name.equals("from") || name.equals("to");
                        var value = value(line);
                        if (tagged) value = value.replace(">;tag=", ">\r\n\t;tag=");
                        return name.toUpperCase(Locale.ROOT) + " :  " + value;
                    });
                    return signed(lines, seen, "Cisco-SIPGateway/IOS-17.9.3");
                });
    }

    /// With header lines changed; what is flawed stays as it is.
    static Sighting reworded(Sighting seen, UnaryOperator<List<String>> change) {
        var message = seen.message();
        var text =
                new String(
                        message.bytes().bytes(),
                        message.bytes().from(),
                        message.bytes().length(),
                        ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end < 0 || !message.flaws().isEmpty()) return seen;
        var lines = new ArrayList<>(List.of(text.substring(0, end).split("\r\n(?![ \t])")));
        var start = lines.removeFirst();
        var head = new ArrayList<String>();
        head.add(start);
        head.addAll(change.apply(lines));
        return with(seen, String.join("\r\n", head) + text.substring(end));
    }

    private static Sighting with(Sighting s, String text) {
        if (!(SipParser.parse(Slice.of(text.getBytes(ISO_8859_1))) instanceof SipMessage message))
            return s;
        return new Sighting(
                s.number(), s.at(), s.from(), s.to(), s.transport(), message, s.exact());
    }

    private static List<String> renamed(List<String> lines) {
        var out = new ArrayList<String>();
        for (var line : lines) {
            var tagged = TAG.matcher(line).replaceAll(m -> m.group(1) + "as" + other(m.group(2)));
            out.add(
                    BRANCH.matcher(tagged)
                            .replaceAll(m -> m.group(1) + "-524287-1---" + other(m.group(2))));
        }
        return out;
    }

    private static String other(String word) {
        return Integer.toHexString(word.hashCode()) + "." + word.length();
    }

    private static List<String> unfolded(List<String> lines) {
        var out = new ArrayList<>(lines);
        out.replaceAll(line -> line.replaceAll("\r\n[ \t]+", " "));
        return out;
    }

    /// Lines of one name stay in order; the names change places.
    private static List<String> regrouped(List<String> lines) {
        var groups = new LinkedHashMap<String, List<String>>();
        for (var line : lines) groups.computeIfAbsent(name(line), _ -> new ArrayList<>()).add(line);
        var names = new ArrayList<>(groups.keySet());
        Collections.reverse(names);
        var out = new ArrayList<String>();
        for (var name : names) out.addAll(groups.get(name));
        return out;
    }

    private static List<String> signed(List<String> lines, Sighting seen, String product) {
        var name = seen.message().isRequest() ? "User-Agent" : "Server";
        if (lines.stream().noneMatch(line -> name(line).equalsIgnoreCase(name)))
            lines.add(name + ": " + product);
        return lines;
    }

    static String name(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':'))).strip().toLowerCase(Locale.ROOT);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
