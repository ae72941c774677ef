// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;

/// What can be told of header lines before they are a message.
final class LogHeaders {
    /// Long form and compact form (RFC 3261 §8.1.1 and §7.3.3).
    private static final List<List<String>> NEEDED =
            List.of(
                    List.of("via", "v"),
                    List.of("from", "f"),
                    List.of("to", "t"),
                    List.of("call-id", "i"),
                    List.of("cseq"));

    private LogHeaders() {}

    /// Whether a header name and a colon begin it, or white space, as a folded line does.
    static boolean isHeader(String line) {
        return line.startsWith(" ") || line.startsWith("\t") || !name(line).isEmpty();
    }

    /// @return -1 if it is no such line, or no number stands in it
    static long contentLength(String line) {
        var name = name(line);
        if (!name.equals("content-length") && !name.equals("l")) return -1;
        var digits = line.substring(line.indexOf(':') + 1).strip();
        return digits.length() < 10 && TraceGrammar.isNumber(digits) ? Long.parseLong(digits) : -1;
    }

    static boolean isContentType(String line) {
        var name = name(line);
        return name.equals("content-type") || name.equals("c");
    }

    /// Whether every header is there that a message must have.
    static boolean areEnough(List<String> lines) {
        var names = lines.stream().map(LogHeaders::name).toList();
        return NEEDED.stream().allMatch(forms -> forms.stream().anyMatch(names::contains));
    }

    /// In lower case; empty if none begins the line.
    private static String name(String line) {
        var colon = line.indexOf(':');
        if (colon < 1 || colon > 64) return "";
        var name = line.substring(0, colon).stripTrailing();
        var token =
                name.chars()
                        .allMatch(c -> c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
        return token ? name.toLowerCase(java.util.Locale.ROOT) : "";
    }
}
