// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.List;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Puts every call on hold that it has answered.
final class Holds implements Mischief {
    @Override
    public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        if (event instanceof Event.CallConfirmed(var job)) out.addAll(agent.hold(at, job, true));
    }
}
