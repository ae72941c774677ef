// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import referee.sip.Slice;

/// The lines of one message as a log has them, and where the message ends among them.
///
/// Most logs lose the CR of line ends, and none says whether its last line end belongs to the
/// message. So the body is taken to end where Content-Length says, or the length in the head, if
/// the lines agree with it: with the line ends they have, or with CRLF for all. If they agree with
/// neither, the message goes up to what follows it in the log.
final class LogMessage {
    private static final int MOST_LINES = 20_000;
    private static final int MOST_OCTETS = 1 << 20;

    /// @param bytes the message; empty if its headers are not all there
    /// @param exact whether these are known to be the octets of the wire
    /// @param missing what the log lacks of it, as a clause; empty if nothing
    record Read(Slice bytes, boolean exact, String missing) {}

    private final int octets;
    private final List<String> lines = new ArrayList<>();
    private final BitSet crs = new BitSet();
    private int headers = -1;
    private long promised = -1;
    private long size;
    private long headSize;
    private long bodySize;
    private boolean skipped;
    private boolean cut;

    /// @param octets how long it is said to be, or -1
    LogMessage(int octets) {
        this.octets = octets;
    }

    boolean inHeaders() {
        return headers < 0;
    }

    /// A line that was no line of the message stood between two that were.
    void skip() {
        skipped = true;
    }

    void add(String line, boolean cr, boolean lineCut) {
        if (isFull()) {
            cut = true;
            return;
        }
        cut |= lineCut;
        if (inHeaders() && line.isBlank()) {
            skipped |= !line.isEmpty();
            put("", cr);
            headers = lines.size() - 1;
            headSize = size + lines.size();
        } else {
            if (inHeaders() && promised < 0) promised = LogHeaders.contentLength(line);
            put(line, cr);
        }
    }

    private void put(String line, boolean cr) {
        if (cr) crs.set(lines.size());
        lines.add(line);
        size += line.length() + 1;
        if (!inHeaders()) bodySize += line.length() + 1;
    }

    /// The last line goes on with this text.
    void join(String rest, boolean cr) {
        var last = lines.removeLast();
        size -= last.length() + 1;
        if (!inHeaders()) bodySize -= last.length() + 1;
        crs.clear(lines.size());
        add(last + rest, cr, false);
    }

    boolean isFull() {
        return lines.size() >= MOST_LINES || size > MOST_OCTETS;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Whether nothing that follows can belong to it.
    boolean isComplete() {
        if (inHeaders()) return false;
        if (promised < 0 && octets < 0) return !hasBody();
        var wanted = Math.max(promised, octets - headSize);
        if (wanted <= 0 || bodySize > wanted) return true;
        return promised == bodySizeInCrlf() && crs.cardinality() == lines.size();
    }

    /// Whether a line that does not look like the message's may end it.
    boolean mayEnd() {
        return !inHeaders() && (promised < 0 || bodySizeInCrlf() >= promised);
    }

    private long bodySizeInCrlf() {
        return bodySize + lines.size() - headers - 1;
    }

    private boolean hasBody() {
        return lines.subList(0, headers).stream().anyMatch(LogHeaders::isContentType);
    }

    /// @param atEnd whether the log ended with the last line
    Read read(boolean atEnd) {
        var whole = !inHeaders() || !atEnd && LogHeaders.areEnough(lines);
        if (!whole)
            return new Read(Slice.EMPTY, false, "ends after " + size + " octets of its headers");
        var raw = isRaw();
        if (inHeaders()) {
            trimEmpty(0);
            headers = lines.size();
            lines.add("");
            headSize = size(0, lines.size(), false);
            if (raw) crs.set(headers);
        }
        return body(raw);
    }

    /// Whether the lines have the line ends of the message, and not those of the log.
    private boolean isRaw() {
        return crs.get(0) || octets > 0 && size == octets;
    }

    private Read body(boolean raw) {
        for (var target :
                new long[] {promised, octets - (raw ? size(0, headers + 1, true) : headSize)}) {
            if (target < 0) continue;
            var own = fit(target, true);
            if (raw && own != null) return read(own, true, true);
            var crlf = fit(target, false);
            if (crlf != null && (own == null || isLast(crlf) || !isLast(own)))
                return read(crlf, raw, false);
            if (own != null) return read(own, raw, true);
        }
        var last = trimEmpty(headers + 1);
        var missing = missing(last);
        return read(new Fit(last, false), raw, raw, missing);
    }

    /// @param lines how many lines the message has, headers included
    /// @param open whether the last one lacks its line end
    private record Fit(int lines, boolean open) {}

    /// The lines that make a body of this length; null if none do.
    ///
    /// @param own whether to count their own line ends, or CRLF for all
    private @Nullable Fit fit(long target, boolean own) {
        if (target == 0) return new Fit(headers + 1, false);
        var length = 0L;
        for (var i = headers + 1; i < lines.size(); i++) {
            length += lines.get(i).length();
            if (length == target) return new Fit(i + 1, true);
            length += own && !crs.get(i) ? 1 : 2;
            if (length == target) return new Fit(i + 1, false);
            if (length > target) return null;
        }
        return null;
    }

    /// Whether only empty lines follow.
    private boolean isLast(Fit fit) {
        return lines.subList(fit.lines(), lines.size()).stream().allMatch(String::isBlank);
    }

    private String missing(int last) {
        if (cut) return "is too long to be read whole";
        var there = size(headers + 1, last, false);
        return promised > there ? "has " + there + " of " + promised + " octets of its body" : "";
    }

    private Read read(Fit fit, boolean rawHead, boolean rawBody) {
        return read(fit, rawHead, rawBody, cut ? "is too long to be read whole" : "");
    }

    private Read read(Fit fit, boolean rawHead, boolean rawBody, String missing) {
        var out = new ByteArrayOutputStream();
        for (var i = 0; i < fit.lines(); i++) {
            out.writeBytes(lines.get(i).getBytes(ISO_8859_1));
            if (fit.open() && i == fit.lines() - 1) break;
            var raw = i <= headers ? rawHead : rawBody;
            if (!raw || crs.get(i)) out.write('\r');
            out.write('\n');
        }
        var bytes = Slice.of(out.toByteArray());
        var exact = rawHead && rawBody && !skipped && !cut && missing.isEmpty();
        return new Read(bytes, exact && (octets < 0 || octets == bytes.length()), missing);
    }

    /// How many lines there are without the empty ones at the end.
    private int trimEmpty(int from) {
        var last = lines.size();
        while (last > from && lines.get(last - 1).isBlank()) last--;
        if (from == 0) while (lines.size() > last) lines.removeLast();
        return last;
    }

    /// @param own whether to count their own line ends, or CRLF for all
    private long size(int from, int to, boolean own) {
        var sum = 0L;
        for (var i = from; i < to; i++) sum += lines.get(i).length() + (own && !crs.get(i) ? 1 : 2);
        return sum;
    }
}
