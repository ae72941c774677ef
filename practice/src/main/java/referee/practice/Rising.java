// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.MinSE;
import referee.stack.Reply;

/// Finds every session interval too short, also the one that it has asked for itself.
final class Rising implements Mischief {
    private static final Duration FIRST = Duration.ofHours(1);

    @Override
    public boolean inside(Turn turn, Practice practice) {
        if (!turn.method().equals("INVITE")) return false;
        var least = turn.request().first(MinSE.KIND).optional().map(MinSE::seconds).orElse(0L);
        turn.reply(Reply.of(422).with("Min-SE", Math.max(FIRST.toSeconds(), 2 * least)));
        return true;
    }
}
