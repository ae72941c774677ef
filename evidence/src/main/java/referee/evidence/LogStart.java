// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import referee.sip.Methods;

/// Finds a start line (RFC 3261 §7.1 and §7.2) in a line of a log, behind whatever the log puts
/// before it.
final class LogStart {
    private static final String VERSION = "SIP/2.0";

    private LogStart() {}

    /// @return where it begins, or -1
    static int find(String line) {
        var at = line.indexOf(VERSION);
        if (at < 0) return -1;
        if (isStatus(line, at)) return at;
        var version = line.lastIndexOf(VERSION);
        if (version + VERSION.length() != line.stripTrailing().length()) return -1;
        return request(line, version);
    }

    private static boolean isStatus(String line, int at) {
        var code = at + VERSION.length() + 1;
        if (code + 3 > line.length() || line.charAt(code - 1) != ' ') return false;
        for (var i = code; i < code + 3; i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') return false;
        }
        return at == 0 || !isWord(line.charAt(at - 1));
    }

    /// The method is the second word before the version, unless the URI has spaces in it.
    private static int request(String line, int version) {
        var uri = wordBefore(line, version);
        var method = wordBefore(line, uri);
        if (method < uri && uri < version && isMethod(line, method, uri)) return method;
        for (var known : Methods.ALL) {
            var at = line.indexOf(known + " ");
            if (at >= 0 && at < version && (at == 0 || !isWord(line.charAt(at - 1)))) return at;
        }
        return -1;
    }

    private static boolean isMethod(String line, int from, int to) {
        var word = line.substring(from, to).strip();
        return Methods.ALL.contains(word)
                || line.indexOf(':', to) >= 0
                        && word.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-' || c == '_');
    }

    /// Where the word begins that ends before this place, not counting white space.
    private static int wordBefore(String line, int to) {
        var end = to;
        while (end > 0 && isBlank(line.charAt(end - 1))) end--;
        var at = end;
        while (at > 0 && !isBlank(line.charAt(at - 1))) at--;
        return at == end ? to : at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '/' || c == '.';
    }
}
