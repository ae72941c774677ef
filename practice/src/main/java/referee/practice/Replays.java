// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.LinkedHashSet;
import java.util.Set;
import referee.sip.Credentials;
import referee.stack.Reply;

/// Refuses a nonce count that was used before for good, instead of asking anew.
final class Replays implements Mischief {
    private static final int MOST = 10_000;

    /// Nonce and count.
    private final Set<String> used = new LinkedHashSet<>();

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        var sent = Credentials.all(turn.request());
        if (!turn.method().equals("REGISTER") || sent.isEmpty()) return false;
        if (used.size() >= MOST) used.clear();
        var first = sent.getFirst();
        if (used.add(first.nonce().orElse("") + " " + first.nc().orElse(""))) return false;
        turn.reply(Reply.of(403, "Nonce count replayed"));
        return true;
    }
}
