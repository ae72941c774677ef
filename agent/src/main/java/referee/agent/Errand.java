// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.List;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.UserAgent;

/// One kind of probe: what it does first, about an event of its own, and when an alarm is due.
interface Errand {
    List<Output> begin(UserAgent agent, Instant at);

    List<Output> on(UserAgent agent, Instant at, Event event);

    /// A connection is gone that was not closed here; one clause says which.
    default void lost(String says) {}

    List<Output> due(UserAgent agent, Instant at, Course.Alarm alarm);

    /// It is decided: takes down what still stands, and closes the course then.
    List<Output> settle(UserAgent agent, Instant at);
}
