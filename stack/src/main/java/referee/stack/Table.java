// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.Optional;

/// A transaction as a table: where it goes from each state for each input.
interface Table<S, I> {
    Step<S> start(Instant at);

    Step<S> step(S state, I input);

    /// When time itself is an input; empty while only others can move it.
    Optional<Instant> wakeAt(S state);

    boolean isOver(S state);
}
