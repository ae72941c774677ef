// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;

/// Splits a header line at the commas that separate its values: those outside quoted strings and
/// angle brackets (RFC 3261 §7.3.1).
public final class Commas {
    private Commas() {}

    public static Slice first(Slice line) {
        var end = end(line, 0);
        return (end == line.length() ? line : line.sub(0, end)).trim();
    }

    /// The parts in order, trimmed; empty parts are kept, so that a reader can call them broken.
    public static List<Slice> split(Slice line) {
        var end = end(line, 0);
        if (end == line.length()) return List.of(line.trim());
        var parts = new ArrayList<Slice>();
        var start = 0;
        while (true) {
            parts.add(line.sub(start, end).trim());
            if (end >= line.length()) return parts;
            start = end + 1;
            end = end(line, start);
        }
    }

    private static int end(Slice line, int start) {
        var quoted = false;
        var angle = false;
        for (var i = start; i < line.length(); i++) {
            var c = line.at(i);
            if (quoted) {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
            } else if (c == '"') quoted = true;
            else if (c == '<') angle = true;
            else if (c == '>') angle = false;
            else if (c == ',' && !angle) return i;
        }
        return line.length();
    }
}
