// SPDX-License-Identifier: Apache-2.0
package referee.report;

/// Breaks long lines between words.
final class Wrap {
    static final int WIDTH = 100;

    private Wrap() {}

    /// The text in lines of at most [#WIDTH] columns; all but the first begin with this many
    /// spaces, which the first is taken to have as well.
    static String at(String text, int indent) {
        var out = new StringBuilder();
        var column = indent;
        for (var word : text.strip().split("\\s+", -1)) {
            if (column > indent && column + 1 + word.length() > WIDTH) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }
}
