// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.util.LinkedHashSet;
import java.util.Set;
import referee.sip.SipMessage;
import referee.stack.Received;

/// Sends no ACK for a challenge.
final class SkipsAck implements Mischief {
    private static final int MOST_CALLS = 10_000;

    private final Set<String> challenged = new LinkedHashSet<>();

    @Override
    public boolean overhears(Received received) {
        var message = received.message();
        if (isResponse(message, "INVITE", 401) || isResponse(message, "INVITE", 407)) {
            if (challenged.size() >= MOST_CALLS) challenged.clear();
            challenged.add(Written.key(message));
        }
        return false;
    }

    @Override
    public boolean changes(SipMessage message) {
        return isRequest(message, "ACK") && challenged.contains(Written.key(message));
    }
}
