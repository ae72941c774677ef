// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;

/// A request outside a dialog, and whether the server that it went to answered.
///
/// @param domain the name that the client had to look up to find its server, in lower case
/// @param depth how many Via values the request had
/// @param isAnswered whether anything came back
/// @param at when it was first sent
/// @param until when its client gives it up where nobody answers
/// @param source which of several sources the frame is numbered in, counted from 0
public record Try(
        String callId,
        Endpoint client,
        String domain,
        Endpoint server,
        int depth,
        boolean isAnswered,
        Instant at,
        Instant until,
        int source,
        long frame) {

    /// Whether this is the request that was sent.
    public boolean is(Sighting request) {
        return frame == request.number() && source == request.source();
    }

    /// Whether the same client looked the same name up for both.
    public boolean isLike(Try other) {
        return client.host().equals(other.client.host()) && domain.equals(other.domain);
    }
}
