// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import referee.sip.SipMessage;
import referee.sip.SipParser;

/// Reads the SIP messages in the log of a server, a client or a text tool: one of [LogFormat#ALL],
/// or several in one file, among whatever other lines.
///
/// A log shows what one program sent and got, after it was decrypted.
final class LogReader {
    /// So many lines behind a head the message must begin.
    private static final int PATIENCE = 24;

    private final LogLines lines;
    private final LogClock clock = new LogClock();
    private final LogQueue queue;
    private final Set<String> formats = new LinkedHashSet<>();
    private boolean scriptLog;

    private @Nullable LogHead head;
    private int waited;
    private @Nullable LogMessage message;
    private LogPrefix prefix = new LogPrefix("");
    private LogMoment moment = clock.now();
    private boolean part;
    private boolean brokenOff;
    private final LogScreen screen = new LogScreen();

    private LogReader(BlockReader in, Tally tally, Optional<Instant> fileTime) {
        this.lines = new LogLines(in);
        this.queue = new LogQueue(tally, clock, fileTime);
    }

    /// Whether this may be the beginning of a text file; any line in it may be one of a log.
    static boolean recognises(byte[] start) {
        var odd = 0;
        for (var b : start) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != 0x1b) odd++;
        }
        return start.length > 0 && odd <= start.length / 50;
    }

    /// @param fileTime when the file was last written to, where it is a file
    static Account read(InputStream in, Tally tally, Optional<Instant> fileTime)
            throws IOException {
        var block = new BlockReader(in);
        var reader = new LogReader(block, tally, fileTime);
        reader.read();
        if (reader.formats.isEmpty())
            throw new UnreadableEvidence(tally.name() + " — " + Unreadable.log(reader.scriptLog));
        if (!block.damage().isEmpty()) tally.missed(Gap.Kind.FILE, tally.frames(), block.damage());
        return tally.account(
                String.join(", ", reader.formats) + " log",
                reader.queue.names(),
                reader.queue.notes());
    }

    private void read() throws IOException {
        for (var line = lines.next(); line != null; line = lines.next()) {
            var next = head(line.text());
            if (next != null && !isDoubtful(next)) begin(next, line);
            else if (message != null) inMessage(message, line);
            else if (head != null) awaiting(head, line);
            else outside(line);
        }
        finish(true);
        queue.end();
    }

    private static @Nullable LogHead head(String line) {
        for (var format : LogFormats.ALL) {
            var head = format.head(line);
            if (head != null) return head;
        }
        return null;
    }

    /// Whether this head may be a line of the message that is being read.
    private boolean isDoubtful(LogHead next) {
        return next.format().isPlain() && message != null && !message.mayEnd();
    }

    private void outside(LogLine line) {
        var stamp = LogStamp.leading(line.text());
        if (stamp != null) clock.see(stamp);
        scriptLog |= line.text().contains("<script>: ") && line.text().contains("|log|");
    }

    private void begin(LogHead next, LogLine line) {
        finish(false);
        var before = LogStampReader.best(line.text(), next.column());
        if (before != null) clock.see(before);
        head = next;
        waited = 0;
    }

    private void awaiting(LogHead waiting, LogLine line) {
        if (waiting.format() instanceof NgrepLog && screen.take(line.text())) return;
        var text = waiting.format().text(line.text());
        var start = LogStart.find(text);
        if (start < 0) {
            head = ++waited < PATIENCE ? waiting.format().more(waiting, line.text()) : null;
            if (head == null) outside(line);
            return;
        }
        part = line.part();
        prefix = new LogPrefix(text.substring(0, start));
        message = new LogMessage(waiting.octets());
        waiting.stamp().ifPresent(clock::see);
        moment = clock.now();
        add(message, waiting.format(), text.substring(start), line);
    }

    /// Takes what was broken where a screen ended for a message.
    private void offScreen(LogHead waiting) {
        var reading = new LogMessage(-1);
        for (var line : screen.unwrap()) reading.add(line, false, false);
        waiting.stamp().ifPresent(clock::see);
        moment = clock.now();
        message = reading;
    }

    private void inMessage(LogMessage reading, LogLine line) {
        var format = Optional.ofNullable(head).orElseThrow().format();
        var raw = line.text();
        if (!line.part() && format.continues(raw)) {
            resume(reading, format, line);
            return;
        }
        var text = format.text(raw);
        var mine = line.part() && !part ? text : prefix.strip(text);
        var end = format.end(mine == null ? text.strip() : mine);
        if (end >= 0) {
            if (end > 0 && mine != null) reading.add(mine.substring(0, end), false, false);
            finish(false);
            outside(line);
        } else if (mine == null || isForeign(reading, mine)) {
            reading.skip();
        } else if (LogStamp.leading(mine) != null && reading.mayEnd()) {
            finish(false);
            outside(line);
        } else {
            add(reading, format, mine, line);
        }
    }

    /// The next record of a message that did not fit one.
    private void resume(LogMessage reading, LogFormat format, LogLine line) {
        var text = format.text(line.text());
        if (brokenOff && !reading.isEmpty()) reading.join(text, line.cr());
        else reading.add(text, line.cr(), line.cut());
        brokenOff = false;
        part = false;
        prefix = new LogPrefix("");
        trailer(reading, format, line);
    }

    private void add(LogMessage reading, LogFormat format, String text, LogLine line) {
        var ends = format.breaksOff(line.text());
        if (!ends || !text.isBlank()) reading.add(text, line.cr(), line.cut());
        brokenOff = ends && !text.isBlank();
        trailer(reading, format, line);
    }

    private void trailer(LogMessage reading, LogFormat format, LogLine line) {
        var stamp = format.stamp(line.text());
        if (stamp != null) moment = clock.see(stamp);
        if (reading.isComplete() || reading.isFull()) finish(false);
    }

    /// Another thread's line among the headers.
    private static boolean isForeign(LogMessage reading, String line) {
        return reading.inHeaders() && !line.isBlank() && LogStamp.leading(line) != null;
    }

    private void finish(boolean atEnd) {
        var its = head;
        if (its != null && !screen.isEmpty()) offScreen(its);
        var finished = message;
        message = null;
        head = null;
        if (finished == null || its == null) return;
        formats.add(its.format().name());
        var torn = atEnd && !lines.ended();
        var read = finished.read(torn);
        var kind = atEnd ? Gap.Kind.FILE : Gap.Kind.SNAPLEN;
        var parsed = SipParser.parse(read.bytes());
        var sip =
                parsed instanceof SipMessage found && its.way() != LogHead.Way.UNKNOWN
                        ? Optional.of(found)
                        : Optional.<SipMessage>empty();
        var missing =
                sip.isPresent() || !read.missing().isEmpty()
                        ? read.missing()
                        : "does not say which way the message went";
        if (!missing.isEmpty()) missing = "the log " + missing;
        queue.add(new LogQueue.Entry(its, moment, sip, read.exact(), kind, missing));
    }
}
