// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A table and the state it is in.
final class Running<S, I> {
    private final Table<S, I> table;
    private final List<Act> first;
    private S state;

    Running(Table<S, I> table, Instant at) {
        this.table = table;
        var start = table.start(at);
        this.first = start.acts();
        this.state = start.next();
    }

    /// What the start asks for.
    List<Act> first() {
        return first;
    }

    List<Act> feed(I input) {
        var step = table.step(state, input);
        state = step.next();
        return step.acts();
    }

    Optional<Instant> wakeAt() {
        return table.wakeAt(state);
    }

    boolean isOver() {
        return table.isOver(state);
    }
}
