// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.time.Instant;
import java.util.Optional;

/// What one response means where it stands.
///
/// @param source which of several sources it was first seen in, counted from 0
/// @param frame where it was first seen; of its source
/// @param code 100 to 699
/// @param request the method it answers
/// @param says one sentence, no full stop
/// @param next what must come next, such as `ACK`; empty if nothing is due
/// @param by when that is due at the latest, in evidence time; empty where there is no deadline
public record Reading(
        int source,
        long frame,
        int code,
        String request,
        String says,
        Optional<String> next,
        Optional<Instant> by) {}
