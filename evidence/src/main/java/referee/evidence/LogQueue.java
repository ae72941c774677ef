// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.Date;
import referee.sip.SipMessage;
import referee.sip.Transport;
import referee.sip.Via;

/// Holds the first messages of a log back until it is known on which day it begins and whose it is,
/// and hands them on in order.
final class LogQueue {
    private static final int MOST_OCTETS = 32 << 20;
    private static final int MOST = 20_000;

    /// A message of a log, or what it lacks of one.
    ///
    /// @param missing a clause; empty if it is whole
    record Entry(
            LogHead head,
            LogMoment moment,
            Optional<SipMessage> message,
            boolean exact,
            Gap.Kind kind,
            String missing) {}

    private final Tally tally;
    private final LogClock clock;
    private final Optional<Instant> fileTime;
    private final LogEnds ends = new LogEnds();
    private final List<Entry> held = new ArrayList<>();
    private Optional<LogClock.Hint> hint = Optional.empty();
    private long octets;
    private boolean open;
    private boolean inexact;
    private boolean nameless;
    private final Map<Endpoint, String> names = new HashMap<>();

    LogQueue(Tally tally, LogClock clock, Optional<Instant> fileTime) {
        this.tally = tally;
        this.clock = clock;
        this.fileTime = fileTime;
    }

    void add(Entry entry) {
        entry.message().ifPresent(message -> learn(entry, message));
        if (open) {
            tell(entry);
            return;
        }
        held.add(entry);
        octets += entry.message().map(message -> message.bytes().length()).orElse(0);
        if (held.size() >= MOST || octets > MOST_OCTETS) release(Optional.empty());
    }

    private void learn(Entry entry, SipMessage message) {
        ends.learn(entry.head(), message, transport(entry.head(), message));
        if (open || hint.isPresent() || !clock.started()) return;
        hint =
                message.first(Date.KIND)
                        .optional()
                        .map(Date::at)
                        .filter(at ->
                                LogStampReader.isYear(
                                        at.atZone(java.time.ZoneOffset.UTC).getYear()))
                        .map(at -> new LogClock.Hint(entry.moment(), at));
    }

    /// Nothing more will come.
    void end() {
        if (!open) release(fileTime);
    }

    private void release(Optional<Instant> written) {
        open = true;
        if (held.isEmpty()) return;
        clock.settle(held.getFirst().moment(), hint, written);
        held.forEach(this::tell);
        held.clear();
    }

    private void tell(Entry entry) {
        var nanos = clock.nanos(entry.moment());
        var number = tally.frame(nanos);
        if (entry.message().isEmpty()) {
            tally.missed(entry.kind(), number, nanos, entry.missing());
            return;
        }
        var message = entry.message().get();
        var head = entry.head();
        var transport = transport(head, message);
        var own = ends.own(head, message, transport);
        var peer = ends.peer(head, message);
        var from = head.way() == LogHead.Way.SENT ? own : peer;
        var to = head.way() == LogHead.Way.SENT ? peer : own;
        note(entry, own, peer);
        tally.saw(
                new Sighting(number, instant(nanos), from, to, transport, message, entry.exact()));
        if (!entry.missing().isEmpty())
            tally.missed(entry.kind(), number, nanos, from, to, entry.missing());
    }

    private void note(Entry entry, Endpoint own, Endpoint peer) {
        inexact |= !entry.exact();
        nameless |= own.equals(LogEnds.THIS_SERVER) || peer.equals(LogEnds.OTHER_SIDE);
        if (entry.head().own().isEmpty() && names.size() < 100) names.put(own, "this server");
    }

    private static Transport transport(LogHead head, SipMessage message) {
        return head.transport()
                .or(() ->
                        message.first(Via.KIND)
                                .optional()
                                .flatMap(via -> Transport.of(via.transport())))
                .orElse(Transport.UDP);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    Map<Endpoint, String> names() {
        return names;
    }

    List<String> notes() {
        var notes = new ArrayList<>(clock.notes());
        if (nameless)
            notes.add(
                    "The log does not tell every address: this-server and other-side stand for them.");
        if (inexact)
            notes.add("The log does not keep every octet: line ends and lengths are not judged.");
        return notes;
    }
}
