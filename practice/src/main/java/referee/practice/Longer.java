// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.LinkedHashSet;
import java.util.Set;
import referee.sip.Credentials;
import referee.stack.Reply;

/// Wants a longer registration, and asks anew who wants it.
final class Longer implements Mischief {
    private static final int MIN_EXPIRES = 600;
    private static final int MOST = 10_000;

    /// The nonces of registrations that were refused with 423.
    private final Set<String> refused = new LinkedHashSet<>();

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        var sent = Credentials.all(turn.request());
        if (!turn.method().equals("REGISTER") || sent.isEmpty()) return false;
        if (!refused.contains(sent.getFirst().nonce().orElse(""))) return false;
        turn.reply(practice.gate().challenge(turn.at(), true));
        return true;
    }

    @Override
    public boolean inside(Turn turn, Practice practice) {
        if (!turn.method().equals("REGISTER") || !Calls.isShort(turn.request(), MIN_EXPIRES))
            return false;
        if (refused.size() >= MOST) refused.clear();
        Credentials.all(turn.request()).forEach(one -> refused.add(one.nonce().orElse("")));
        turn.reply(Reply.of(423).with("Min-Expires", MIN_EXPIRES));
        return true;
    }
}
