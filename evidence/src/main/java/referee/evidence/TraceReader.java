// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
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
    /// A trace is written by hand; a larger one is a mistake.
    private static final int MAX_BYTES = 64 << 20;

    private final String name;
    private final Witness witness;
    private final Actors actors = new Actors();
    private final Script script = new Script();
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();
    private long messages;
    private long gaps;

    private TraceReader(String name, Witness witness) {
        this.name = name;
        this.witness = witness;
    }

    /// Whether the first line that says anything begins like a trace: an actor, a start or a time.
    ///
    /// @param head the first octets of the source
    /// @param length how many of them count
    public static boolean recognises(byte[] head, int length) {
        for (var line : new String(head, 0, length, UTF_8).split("\n", 64)) {
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) continue;
            return text.startsWith("actor ")
                    || text.startsWith("start ")
                    || TraceLine.beginsWithTime(text);
        }
        return false;
    }

    /// Reads to the end; does not close the stream.
    ///
    /// @throws UnreadableEvidence naming the line that cannot be read, after everything before it
    ///   was handed on
    public static Account read(InputStream in, String name, Witness witness) throws IOException {
        var bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableEvidence(name + " — a trace of more than 64 MiB — give a capture");
        }
        return read(new String(bytes, UTF_8), name, witness);
    }

    public static Account read(String text, String name, Witness witness)
            throws UnreadableEvidence {
        var reader = new TraceReader(name, witness);
        var lines = text.lines().toList();
        for (var i = 0; i < lines.size(); ) i = reader.readEvent(lines, i);
        return new Account(
                name,
                "trace",
                reader.messages,
                reader.messages,
                reader.from,
                reader.to,
                reader.gaps);
    }

    /// Reads one line and the indented lines that belong to it, and returns the number of the next.
    private int readEvent(List<String> lines, int at) throws UnreadableEvidence {
        var next = at + 1;
        var details = new ArrayList<String>();
        if (TraceLine.saysSomething(lines.get(at))) {
            while (next < lines.size() && TraceLine.isDetail(lines.get(next))) {
                if (TraceLine.counts(lines.get(next))) details.add(lines.get(next).strip());
                next++;
            }
            try {
                carryOut(TraceLine.parse(lines.get(at).strip(), details));
            } catch (TraceError e) {
                throw new UnreadableEvidence(
                        "%s line %d — %s — see docs/trace-format.md"
                                .formatted(name, at + 1, e.getMessage()));
            }
        }
        return next;
    }

    private void carryOut(TraceLine line) throws TraceError {
        switch (line) {
            case TraceLine.ActorLine(var actor, var address, var transport) ->
                    actors.declare(actor, address, transport);
            case TraceLine.StartLine(var instant) -> start = instant;
            case TraceLine.End(var time) -> passed(at(time));
            case TraceLine.GapLine gap -> missed(gap);
            case TraceLine.Message message -> said(message);
        }
    }

    private void said(TraceLine.Message line) throws TraceError {
        var sender = actors.of(line.from());
        var receiver = actors.of(line.to());
        var at = at(line.time());
        passed(at);
        messages++;
        var bytes = script.complete(line, sender, receiver, actors);
        switch (SipParser.parse(Slice.of(bytes))) {
            case SipMessage message ->
                    witness.saw(
                            new Sighting(
                                    messages,
                                    at,
                                    sender.endpoint(),
                                    receiver.endpoint(),
                                    sender.transport(),
                                    message));
            case NotSip(var reason) ->
                    gap(
                            new Gap(
                                    Gap.Kind.SOURCE,
                                    messages,
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
