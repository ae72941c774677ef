// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Hangs up the call when the REFER in it is accepted.
final class HangsUpAtOnce implements Mischief {
    private static final int MOST_CALLS = 10_000;

    /// Call-ID → call.
    private final Map<String, Job> calls = new LinkedHashMap<>();

    @Override
    public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        switch (event) {
            case Event.Invited(var job, var request, _, _) -> {
                if (calls.size() >= MOST_CALLS) calls.clear();
                calls.put(Written.callId(request), job);
            }
            case Event.ReferAccepted(_, var response, _) -> {
                var call = calls.remove(Written.callId(response));
                if (call != null) out.addAll(agent.hangUp(at, call));
            }
            default -> {}
        }
    }
}
