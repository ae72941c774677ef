// SPDX-License-Identifier: Apache-2.0
package referee.report;

/// Text made safe for HTML and XML.
final class Html {
    private Html() {}

    /// For text and for attributes in quotes; characters that XML 1.0 has no place for become
    /// spaces.
    static String text(String words) {
        var safe = new StringBuilder(words.length() + 16);
        words.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '&' -> safe.append("&amp;");
                        case '"' -> safe.append("&quot;");
                        case '\'' -> safe.append("&#39;");
                        case '\n', '\t' -> safe.appendCodePoint(c);
                        default -> safe.appendCodePoint(isAllowed(c) ? c : ' ');
                    }
                });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        return c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff && (c < 0xd800 || c > 0xdfff);
    }
}
