// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import referee.diagnosis.Certainty;
import referee.diagnosis.Hop;

/// How much a request that got no answer proves. A client that repeats its request on schedule
/// shows that no answer reached it; one that does not may have been answered where the capture does
/// not look.
final class Silence {
    private static final int SCHEDULE = 5;

    private Silence() {}

    static Certainty certainty(Hop hop) {
        var sent = hop.requests().size();
        if (sent >= SCHEDULE) return Certainty.PROVEN;
        return sent > 1 || hop.transport().isReliable() ? Certainty.LIKELY : Certainty.POSSIBLE;
    }

    static String times(Hop hop) {
        var sent = hop.requests().size();
        return sent == 1 ? "once" : sent + " times";
    }
}
