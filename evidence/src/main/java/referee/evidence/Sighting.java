// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import referee.sip.SipMessage;
import referee.sip.Transport;

/// One message seen on the way from one address to another: the only thing the diagnosis ever
/// reads.
///
/// @param number 1-based number of the frame in its source (in a log or trace: of the message), so
///   that a finding can say "frame 42"; several messages of one TCP segment share it
/// @param at when the source says it passed; sources may disagree with each other and go backwards
/// @param exact whether the octets of the message are known to be those of the wire. Most logs lose
///   line ends, which are put back; then nothing can be said of line ends, nor of how long the
///   message was
/// @param source which of several sources it was seen in, counted from 0; each numbers its own
///   frames
public record Sighting(
        long number,
        Instant at,
        Endpoint from,
        Endpoint to,
        Transport transport,
        SipMessage message,
        boolean exact,
        int source) {

    /// Seen in the only source there is.
    public Sighting(
            long number,
            Instant at,
            Endpoint from,
            Endpoint to,
            Transport transport,
            SipMessage message,
            boolean exact) {
        this(number, at, from, to, transport, message, exact, 0);
    }

    /// With exactly the octets of the wire, seen in the only source there is.
    public Sighting(
            long number,
            Instant at,
            Endpoint from,
            Endpoint to,
            Transport transport,
            SipMessage message) {
        this(number, at, from, to, transport, message, true, 0);
    }

    /// The same, seen in this one of several sources.
    public Sighting in(int other) {
        return new Sighting(number, at, from, to, transport, message, exact, other);
    }
}
