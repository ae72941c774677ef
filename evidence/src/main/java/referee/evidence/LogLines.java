// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The lines of a log, one after another: colours are taken off, and lines that syslog or a
/// container's runtime wrote into one are taken apart.
final class LogLines {
    /// The rest of a longer line is passed over, in octets.
    private static final int LONGEST = 256 * 1024;

    /// So many line ends written out in one line are no accident.
    private static final int TELLING = 2;

    private static final String LF = "#012";

    private final BlockReader in;
    private final Deque<LogLine> parts = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean unfolds;
    private boolean ended = true;

    LogLines(BlockReader in) {
        this.in = in;
    }

    /// @return null at the end
    @Nullable LogLine next() throws IOException {
        if (parts.isEmpty()) readLine();
        return parts.poll();
    }

    /// Whether the last line had a line end; a file that was cut may lack it.
    boolean ended() {
        return ended;
    }

    private void readLine() throws IOException {
        if (!in.have(1)) return;
        line.reset();
        var cut = false;
        ended = false;
        while (!ended && in.have(1)) {
            var length = toLineEnd();
            var room = Math.min(length, LONGEST - line.size());
            line.write(in.bytes(), in.at(), room);
            cut |= room < length;
            ended = length < in.rest();
            in.advance(ended ? length + 1 : length);
        }
        take(line.toString(ISO_8859_1), cut);
    }

    private int toLineEnd() {
        var bytes = in.bytes();
        var from = in.at();
        var to = from + in.rest();
        var at = from;
        while (at < to && bytes[at] != '\n') at++;
        return at - from;
    }

    private void take(String raw, boolean cut) {
        var text = LogColours.without(raw);
        var cr = text.endsWith("\r");
        if (cr) text = text.substring(0, text.length() - 1);
        if (text.startsWith(ContainerLine.BEGIN)) {
            text = ContainerLine.plain(text);
            cr = text.endsWith("\r");
            if (cr) text = text.substring(0, text.length() - 1);
        }
        if (!unfolds) unfolds = count(text) >= TELLING;
        if (unfolds && text.contains(LF)) unfold(text, cut);
        else parts.add(new LogLine(text, cr, false, cut));
    }

    private void unfold(String text, boolean cut) {
        var from = 0;
        while (from >= 0) {
            var to = text.indexOf(LF, from);
            var part = text.substring(from, to < 0 ? text.length() : to).replace("#011", "\t");
            if (part.endsWith("#015")) part = part.substring(0, part.length() - 4) + "\r";
            var cr = part.endsWith("\r");
            if (cr) part = part.substring(0, part.length() - 1);
            parts.add(new LogLine(part, cr, from > 0, cut && to < 0));
            from = to < 0 ? -1 : to + LF.length();
        }
    }

    private static int count(String text) {
        var count = 0;
        for (var at = text.indexOf(LF); at >= 0 && count < TELLING; at = text.indexOf(LF, at + 4))
            count++;
        return count;
    }
}
