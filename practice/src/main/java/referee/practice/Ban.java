// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.HashMap;
import java.util.Map;
import referee.sip.Credentials;
import referee.stack.Received;

/// Bans a host that has sent wrong credentials a few times.
final class Ban implements Mischief {
    private static final int FAILURES = 3;
    private static final int MOST_HOSTS = 10_000;

    private final Map<String, Integer> failures = new HashMap<>();

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        if (Credentials.all(turn.request()).isEmpty()) return false;
        if (failures.size() >= MOST_HOSTS) failures.clear();
        var host = turn.flow().remote().host();
        if (practice.asks(practice.gate(), turn)) {
            failures.merge(host, 1, Integer::sum);
        } else {
            failures.remove(host);
            practice.admit(turn);
        }
        return true;
    }

    @Override
    public boolean overhears(Received received) {
        return failures.getOrDefault(received.flow().remote().host(), 0) >= FAILURES;
    }
}
