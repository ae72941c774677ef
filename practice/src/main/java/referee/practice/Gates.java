// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.LinkedHashSet;
import java.util.Set;
import referee.sip.Credentials;
import referee.stack.Reply;

/// Wrong ways to ask who somebody is.
final class Gates {
    private static final int MOST_NONCES = 10_000;

    private Gates() {}

    static boolean staleForEver(Turn turn, Practice practice) {
        var answered = !Credentials.all(turn.request()).isEmpty();
        turn.reply(practice.gate().challenge(turn.at(), answered));
        return true;
    }

    static boolean wrongForEver(Turn turn, Practice practice) {
        turn.reply(practice.gate().challenge(turn.at(), false));
        return true;
    }

    static boolean twoRealms(Turn turn, Practice practice) {
        if (!(practice.trunk().check(turn.at(), turn.request())
                instanceof Gate.Outcome.Refused(var reply))) return false;
        turn.reply(reply);
        return true;
    }

    static void unknownAlgorithm(Turn turn) {
        turn.reply(
                Reply.of(401)
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"practice\", nonce=\"3f81a0\", algorithm=WHIRLPOOL,"
                                        + " qop=\"auth\""));
    }

    /// Remembers the nonces that were used, and wants none of them again.
    static final class OncePerNonce {
        private final Set<String> used = new LinkedHashSet<>();

        boolean test(Turn turn, Practice practice) {
            var credentials = Credentials.all(turn.request());
            if (credentials.isEmpty()) return false;
            var nonce = credentials.getFirst().nonce().orElse("");
            if (used.size() >= MOST_NONCES) used.clear();
            if (used.add(nonce)) return false;
            turn.reply(practice.gate().challenge(turn.at(), false));
            return true;
        }
    }
}
