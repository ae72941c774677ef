// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.stack.Event;
import referee.stack.Flow;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.TransportError;
import referee.stack.UserAgent;

/// What is done about the events of a [UserAgent]. Pure: it is told the time, and says what is to
/// be done. Called on the one thread that owns the user agent.
public interface Application {
    /// @return more to be carried out, such as what `agent.accept(at, job)` returns
    List<Output> on(UserAgent agent, Instant at, Event event);

    /// When [#tick] is due; empty while nothing of its own is.
    default Optional<Instant> wakeAt() {
        return Optional.empty();
    }

    default List<Output> tick(UserAgent agent, Instant at) {
        return List.of();
    }

    /// A connection is gone that nobody here has closed, or ICMP says that the peer is not there.
    /// Told after the events that this leads to.
    default void lost(Instant at, Flow flow, TransportError error) {}

    /// A last look at a message that goes out: it may be changed, doubled or held back.
    default List<Output.Send> leaving(Instant at, Output.Send send) {
        return List.of(send);
    }

    /// Whether a message that came in is let through to the stack.
    default boolean enters(Received received) {
        return true;
    }
}
