// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.SipMessage;
import referee.sip.Transport;

/// What the reading of one source has come to: hands everything on to the witness and counts it.
final class Tally {
    private static final long SECOND = 1_000_000_000;

    private final Witness witness;
    private final String name;
    private long frames;
    private long messages;
    private long gaps;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long reportedMessages;
    private long reportedFirst = Long.MAX_VALUE;
    private long reportedLast = Long.MIN_VALUE;

    Tally(String name, Witness witness) {
        this.name = name;
        this.witness = witness;
    }

    /// Counts a frame and gives its number.
    long frame(long nanos) {
        if (frames == 0) witness.began(instant(nanos));
        if (nanos < first) first = nanos;
        if (nanos > last) last = nanos;
        return ++frames;
    }

    String name() {
        return name;
    }

    /// Counts a frame that has no time of its own, and gives its number.
    long frame() {
        return ++frames;
    }

    /// The frame that is being read reports something that somebody else saw at this time.
    ///
    /// @param count how many messages it reported
    void reported(long nanos, long count) {
        reportedFirst = Math.min(reportedFirst, nanos);
        reportedLast = Math.max(reportedLast, nanos);
        reportedMessages += count;
    }

    long messages() {
        return messages;
    }

    long frames() {
        return frames;
    }

    void saw(
            long frame,
            long nanos,
            Endpoint from,
            Endpoint to,
            Transport transport,
            SipMessage message) {
        saw(new Sighting(frame, instant(nanos), from, to, transport, message));
    }

    void saw(Sighting sighting) {
        messages++;
        witness.saw(sighting);
    }

    void missed(Gap.Kind kind, long frame, long nanos, Endpoint from, Endpoint to, String says) {
        var between = Optional.of(new Gap.Path(from, to));
        missed(new Gap(kind, frame, Optional.of(instant(nanos)), between, says));
    }

    /// A gap that is about no two parties in particular.
    void missed(Gap.Kind kind, long frame, String says) {
        missed(new Gap(kind, frame, Optional.empty(), Optional.empty(), says));
    }

    /// A gap whose parties are not known.
    void missed(Gap.Kind kind, long frame, long nanos, String says) {
        missed(new Gap(kind, frame, Optional.of(instant(nanos)), Optional.empty(), says));
    }

    private void missed(Gap gap) {
        gaps++;
        witness.missed(gap);
    }

    /// @param packet with the addresses and ports of the packet that did not get through
    void unreachable(Packet packet, Endpoint by, Endpoints endpoints, Unreachable.Reason reason) {
        witness.unreachable(
                new Unreachable(
                        packet.frame,
                        instant(packet.nanos),
                        by,
                        endpoints.source(packet),
                        endpoints.target(packet),
                        reason));
    }

    Account account(String kind) {
        return account(kind, Map.of(), List.of());
    }

    Account account(String kind, Map<Endpoint, String> names, List<String> notes) {
        // where every message was reported, the time of the reports counts, not of their arrival
        var reported = reportedLast >= reportedFirst && messages == reportedMessages;
        return new Account(
                name,
                kind,
                frames,
                messages,
                reported ? Optional.of(instant(reportedFirst)) : time(first),
                reported ? Optional.of(instant(reportedLast)) : time(last),
                gaps,
                names,
                notes);
    }

    private Optional<Instant> time(long nanos) {
        return last < first ? Optional.empty() : Optional.of(instant(nanos));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
