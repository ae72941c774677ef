// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.Slice;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.UserAgent;

/// Remembers who was called in each call.
final class Dialled implements Mischief {
    private static final int MOST_CALLS = 10_000;

    private final Map<String, String> users = new LinkedHashMap<>();

    @Override
    public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        if (!(event instanceof Event.Invited(_, var request, _, _))) return;
        if (users.size() >= MOST_CALLS) users.clear();
        users.put(Written.callId(request), Turn.user(Slice.of(Turn.requestUri(request))));
    }

    /// @return empty for a call that is not known
    Optional<String> in(String callId) {
        return Optional.ofNullable(users.get(callId));
    }
}
