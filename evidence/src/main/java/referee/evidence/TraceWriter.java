// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import referee.sip.CSeq;
import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.sip.Transport;

/// Writes what a source holds as a trace (`docs/trace-format.md`): an actor for each address, each
/// message verbatim, so that reading it back gives the same bytes, times, addresses and frame
/// numbers.
///
/// An output that fails ends the writing with an [UncheckedIOException].
public final class TraceWriter implements Witness {
    private static final int MAX_ACTORS = 9_000;
    private static final int MAX_METHOD = 32;

    private record Actor(Endpoint endpoint, Transport transport) {}

    private final Appendable out;
    private final Map<Actor, String> names = new LinkedHashMap<>();
    private Optional<Instant> start = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private long messages;

    public TraceWriter(Appendable out) {
        this.out = out;
    }

    @Override
    public void saw(Sighting sighting) {
        var from = name(sighting.from(), sighting.transport());
        var to = name(sighting.to(), sighting.transport());
        messages++;
        var frame = sighting.number() == messages ? "" : " frame=" + sighting.number();

        var known = names.containsKey(new Actor(sighting.from(), sighting.transport()));
        var over = known ? "" : over(sighting.transport());
        var time = time(sighting.at());
        line(
                "%s %s -> %s %s verbatim%s%s"
                        .formatted(time, from, to, what(sighting.message()), over, frame));
        for (var text : VerbatimText.lines(sighting.message().bytes()))
            line(text.isEmpty() ? "    |" : "    | " + text);
    }

    @Override
    public void missed(Gap gap) {
        var between =
                gap.between()
                        .map(path ->
                                name(path.from(), Transport.UDP)
                                        + " -> "
                                        + name(path.to(), Transport.UDP)
                                        + " ")
                        .orElse("");
        var time = time(gap.at().or(() -> last).orElse(Instant.EPOCH));
        var says = gap.says().replaceAll("\\s+", " ").strip();
        line("%s gap %s %ssays %s".formatted(time, gap.kind().word(), between, says));
    }

    @Override
    public void unreachable(Unreachable error) {
        var from = name(error.from(), Transport.UDP);
        var to = name(error.to(), Transport.UDP);
        line(
                "%s icmp %s %s -> %s by %s%s"
                        .formatted(
                                time(error.at()),
                                error.reason().word(),
                                from,
                                to,
                                address(error.by()),
                                error.frame() > 0 ? " frame=" + error.frame() : ""));
    }

    /// Says until when the source was watched. To be called last.
    public void end(Account account) {
        account.to().ifPresent(instant -> line(time(instant) + " end"));
    }

    /// Seconds since the start; a start line comes first where there is none, or time went behind
    /// it.
    private String time(Instant at) {
        if (start.isEmpty() || at.isBefore(start.get())) {
            start = Optional.of(at);
            line("start " + at);
        }
        last = Optional.of(at);
        var since = Duration.between(start.get(), at);
        return BigDecimal.valueOf(since.getSeconds())
                .add(BigDecimal.valueOf(since.getNano(), 9))
                .setScale(
                        since.getNano() % 1_000_000 == 0 ? 3 : since.getNano() % 1000 == 0 ? 6 : 9)
                .toPlainString();
    }

    /// The actor's name; an address itself once there are too many actors.
    private String name(Endpoint endpoint, Transport transport) {
        var actor = new Actor(endpoint, transport);
        var known = names.get(actor);
        if (known != null) return known;
        if (names.size() == MAX_ACTORS) return address(endpoint);
        var name = "a" + (names.size() + 1);
        names.put(actor, name);
        var word = transport == Transport.UDP ? "" : " " + transport.word();
        line("actor " + name + " " + address(endpoint) + word);
        return name;
    }

    private static String address(Endpoint endpoint) {
        return endpoint.port() == 0
                ? new Endpoint(endpoint.host(), 1).toString().replaceFirst("1$", "0")
                : endpoint.toString();
    }

    private static String over(Transport transport) {
        return transport == Transport.UDP ? "" : " over=" + transport.word();
    }

    private static String what(SipMessage message) {
        return switch (message.start()) {
            case StartLine.Request request -> method(request.method());
            case StartLine.Response response ->
                    response.code() < 100 || response.code() > 999
                            ? "OTHER"
                            : response.code()
                                    + " "
                                    + method(
                                            message.first(CSeq.KIND)
                                                    .optional()
                                                    .map(CSeq::method)
                                                    .orElse("OTHER"));
        };
    }

    /// The method, or a word that stands for one that would not read as such.
    private static String method(String method) {
        var plain = method.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        return plain && !method.isEmpty() && method.length() <= MAX_METHOD ? method : "OTHER";
    }

    private void line(String text) {
        try {
            out.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
