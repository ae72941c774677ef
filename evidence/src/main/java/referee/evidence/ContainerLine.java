// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// A line as a container's runtime keeps it: `{"log":"…\n","stream":"stdout","time":"…"}`.
final class ContainerLine {
    static final String BEGIN = "{\"log\":\"";

    private static final String TIME = "\"time\":\"";

    private ContainerLine() {}

    /// The time and what was logged, as the same runtime prints them.
    static String plain(String line) {
        var logged = new StringBuilder();
        var end = unescape(line, BEGIN.length(), logged);
        while (logged.length() > 0 && logged.charAt(logged.length() - 1) == '\n')
            logged.setLength(logged.length() - 1);
        var from = line.indexOf(TIME, end);
        if (from < 0) return logged.toString();
        var to = line.indexOf('"', from + TIME.length());
        return to < 0 ? logged.toString() : line.substring(from + TIME.length(), to) + " " + logged;
    }

    /// @return where the quoted text ends
    private static int unescape(String line, int from, StringBuilder out) {
        var at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) at = escape(line, at + 1, out);
            else out.append(line.charAt(at++));
        }
        return at;
    }

    private static int escape(String line, int at, StringBuilder out) {
        switch (line.charAt(at)) {
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                if (at + 5 > line.length()) return line.length();
                out.append((char) hex(line, at + 1));
                return at + 5;
            }
            default -> out.append(line.charAt(at));
        }
        return at + 1;
    }

    /// A character of one octet; anything else was no octet of the log.
    private static int hex(String line, int at) {
        var value = 0;
        for (var i = at; i < at + 4; i++)
            value = value * 16 + Math.max(0, Character.digit(line.charAt(i), 16));
        return value < 256 ? value : '?';
    }
}
