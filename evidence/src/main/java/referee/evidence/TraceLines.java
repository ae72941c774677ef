// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// The lines of a trace, one after another. A line ends in LF, CRLF or with the text.
final class TraceLines {
    private static final int LONGEST = 1 << 20;

    private final Reader in;
    private final char[] block = new char[8192];
    private int at;
    private int filled;
    private int number;
    private @Nullable String next;

    TraceLines(Reader in) {
        this.in = in;
    }

    /// The next line, which stays next; empty text at the end as well, see [#atEnd()].
    String peek() throws IOException, TraceError {
        if (next == null) {
            next = line();
            number++;
        }
        return next;
    }

    boolean atEnd() throws IOException {
        return next == null && !fill();
    }

    /// The 1-based number of the line that [#peek()] gives.
    int number() {
        return number;
    }

    void skip() {
        next = null;
    }

    private String line() throws IOException, TraceError {
        var text = new StringBuilder();
        while (fill()) {
            var c = block[at++];
            if (c == '\n') break;
            text.append(c);
            if (text.length() > LONGEST)
                throw new TraceError("a line of more than 1048576 characters", number + 1);
        }
        var length = text.length();
        if (length > 0 && text.charAt(length - 1) == '\r') text.setLength(length - 1);
        if (number == 0 && !text.isEmpty() && text.charAt(0) == '\ufeff') text.deleteCharAt(0);
        return text.toString();
    }

    private boolean fill() throws IOException {
        while (at >= filled) {
            filled = in.read(block, 0, block.length);
            at = 0;
            if (filled < 0) return false;
        }
        return true;
    }
}
