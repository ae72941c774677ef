// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;

/// The last registration of an address that was seen before some moment (RFC 3261 §10).
///
/// @param at when it was accepted
/// @param until when it ends; the same moment where it was removed
public record Registration(Instant at, Instant until) {
    public boolean isRemoved() {
        return until.equals(at);
    }

    public boolean isOver(Instant now) {
        return until.isBefore(now);
    }
}
