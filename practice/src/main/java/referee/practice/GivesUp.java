// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Ends the call placed for a REFER as soon as the transferor's call ends.
final class GivesUp implements Mischief {
    private final Map<Job, Job> referred = new HashMap<>();

    @Override
    public boolean inside(Turn turn, Practice practice) {
        if (!turn.method().equals("REFER")) return false;
        var call = turn.follow();
        turn.call().ifPresent(one -> referred.put(one, call));
        return true;
    }

    @Override
    public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        if (!(event instanceof Event.CallEnded(var job, _))) return;
        var call = referred.remove(job);
        if (call != null) out.addAll(agent.hangUp(at, call));
    }
}
