// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.NotSip;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;

/// Reads the text notation of `docs/trace-format.md`: completes each line into a whole message and
/// lets its bytes go through the parser.
public final class TraceReader {
    /// How many indented lines one message may have.
    private static final int MAX_DETAILS = 100_000;

    private static final int MAX_ERROR = 300;

    private final Witness witness;
    private final Actors actors = new Actors();
    private final Script script = new Script(actors);
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();
    private long messages;
    private long gaps;

    private TraceReader(Witness witness) {
        this.witness = witness;
    }

    /// Whether the first line that says anything begins like a trace: an actor, a start or a time.
    ///
    /// @param head the first octets of the source
    /// @param length how many of them count
    public static boolean recognises(byte[] head, int length) {
        for (var line : new String(head, 0, length, UTF_8).split("\n", -1)) {
            var text = (line.startsWith("\ufeff") ? line.substring(1) : line).strip();
            if (text.isEmpty() || text.startsWith("#")) continue;
            return text.startsWith("actor ")
                    || text.startsWith("start ")
                    || TraceGrammar.beginsWithTime(text) && isEvent(text);
        }
        return false;
    }

    /// Logs have lines that begin with a number, too.
    private static boolean isEvent(String text) {
        return text.contains(" -> ") || text.contains(" gap ") || text.endsWith(" end");
    }

    /// Reads to the end; does not close the stream.
    ///
    /// @throws UnreadableEvidence naming the line that cannot be read, after everything before it
    ///   was handed on
    public static Account read(InputStream in, String name, Witness witness) throws IOException {
        return read(new InputStreamReader(in, UTF_8), name, witness);
    }

    public static Account read(String text, String name, Witness witness)
            throws UnreadableEvidence {
        try {
            return read(new StringReader(text), name, witness);
        } catch (UnreadableEvidence e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Account read(Reader in, String name, Witness witness) throws IOException {
        var reader = new TraceReader(witness);
        var lines = new TraceLines(in);
        try {
            while (!lines.atEnd()) reader.readEvent(lines);
        } catch (TraceError e) {
            throw new UnreadableEvidence(
                    "%s line %d — %s — see docs/trace-format.md"
                            .formatted(name, e.number(), quotable(e.message())));
        }
        return new Account(
                name,
                "trace",
                reader.messages,
                reader.messages,
                reader.from,
                reader.to,
                reader.gaps,
                reader.actors.names());
    }

    /// Short enough for a line, and nothing that a terminal would obey.
    private static String quotable(String message) {
        var plain = message.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= MAX_ERROR ? plain : plain.substring(0, MAX_ERROR) + "…";
    }

    /// Reads one line and the indented lines that belong to it.
    private void readEvent(TraceLines lines) throws IOException, TraceError {
        var line = lines.peek();
        var number = lines.number();
        lines.skip();
        if (!TraceGrammar.saysSomething(line)) return;
        var details = details(lines);
        try {
            carryOut(TraceGrammar.parse(line.strip(), details));
        } catch (TraceError e) {
            throw e.at(number);
        }
    }

    /// The indented lines from here on; empty lines and comments between them count for nothing.
    private static List<TraceLine.Detail> details(TraceLines lines) throws IOException, TraceError {
        var details = new ArrayList<TraceLine.Detail>(4);
        while (!lines.atEnd()) {
            var line = lines.peek();
            if (TraceGrammar.saysSomething(line)) {
                if (!TraceGrammar.isDetail(line)) break;
                if (details.size() == MAX_DETAILS)
                    throw new TraceError("more than " + MAX_DETAILS + " indented lines");
                details.add(new TraceLine.Detail(lines.number(), line.stripLeading()));
            }
            lines.skip();
        }
        return details;
    }

    private void carryOut(TraceLine line) throws TraceError {
        switch (line) {
            case TraceLine.ActorLine actor -> actors.declare(actor);
            case TraceLine.StartLine(var instant) -> start = instant;
            case TraceLine.End(var time) -> passed(at(time));
            case TraceLine.GapLine gap -> missed(gap);
            case TraceLine.IcmpLine icmp -> unreachable(icmp);
            case TraceLine.Message message -> said(message);
        }
    }

    private void said(TraceLine.Message line) throws TraceError {
        var sender = actors.of(line.from());
        var receiver = actors.of(line.to());
        var at = at(line.time());
        passed(at);
        messages++;
        var number = line.number("frame").orElse(messages);
        var wire = script.complete(line, sender, receiver);
        switch (SipParser.parse(Slice.of(wire.bytes()))) {
            case SipMessage message ->
                    witness.saw(
                            new Sighting(
                                    number,
                                    at,
                                    sender.endpoint(),
                                    receiver.endpoint(),
                                    wire.transport(),
                                    message));
            case NotSip(var reason) ->
                    gap(
                            new Gap(
                                    Gap.Kind.SOURCE,
                                    number,
                                    Optional.of(at),
                                    Optional.empty(),
                                    reason));
        }
    }

    private void missed(TraceLine.GapLine line) throws TraceError {
        var at = at(line.time());
        passed(at);
        var between = Optional.<Gap.Path>empty();
        if (line.between().isPresent()) {
            var path = line.between().get();
            between =
                    Optional.of(
                            new Gap.Path(
                                    actors.of(path.from()).endpoint(),
                                    actors.of(path.to()).endpoint()));
        }
        gap(new Gap(line.kind(), 0, Optional.of(at), between, line.says()));
    }

    private void unreachable(TraceLine.IcmpLine line) throws TraceError {
        var at = at(line.time());
        passed(at);
        witness.unreachable(
                new Unreachable(
                        line.frame(),
                        at,
                        new Endpoint(actors.of(line.by()).endpoint().host(), 0),
                        actors.of(line.path().from()).endpoint(),
                        actors.of(line.path().to()).endpoint(),
                        line.reason()));
    }

    private void gap(Gap gap) {
        gaps++;
        witness.missed(gap);
    }

    private void passed(Instant at) {
        if (from.isEmpty()) from = Optional.of(at);
        if (to.isEmpty() || at.isAfter(to.get())) to = Optional.of(at);
    }

    private Instant at(Duration time) {
        return start.plus(time);
    }
}
