// SPDX-License-Identifier: Apache-2.0
package referee.cli;

/// How pages of the reference are written.
enum PageFormat {
    TEXT,
    JSON,
    MARKDOWN;

    /// As a word of a command line.
    static String quoted(String words) {
        return words.indexOf(' ') < 0 ? words : "\"" + words + "\"";
    }
}
