// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.Credentials;

/// Answers 180 at once, and asks who it is a while later.
final class RingsFirst implements Mischief {
    private static final Duration RING = Duration.ofSeconds(1);

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        if (!turn.method().equals("INVITE") || !Credentials.all(turn.request()).isEmpty())
            return false;
        turn.reply(180);
        turn.after(RING, then -> then.reply(practice.gate().challenge(then.at(), false)));
        return true;
    }
}
