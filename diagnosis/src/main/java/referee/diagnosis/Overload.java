// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import java.util.List;
import referee.evidence.Sighting;

/// A server that said 503 with Retry-After, and what the same client sent there before that time
/// was over.
///
/// @param until when the client may send there again
/// @param early its requests that open something and came before, of whatever Call-ID, as far as
///   they are kept
public record Overload(Sighting refusal, Instant until, List<Sighting> early) {}
