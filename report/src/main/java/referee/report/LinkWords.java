// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;
import referee.diagnosis.Certainty;
import referee.diagnosis.Link;
import referee.diagnosis.Verdict;

/// Why a story belongs with others, in words.
final class LinkWords {
    private static final int MOST = 8;

    private LinkWords() {}

    /// A clause a link; the first ones.
    static List<String> of(Verdict verdict) {
        var callId = verdict.story().callId();
        return verdict.links().stream().limit(MOST).map(link -> of(link, callId)).toList();
    }

    private static String of(Link link, String callId) {
        var other = Masking.line(link.other(callId));
        return link.certainty() == Certainty.PROVEN
                ? "linked to " + other + " by " + link.reason().words()
                : "likely with " + other + ": " + link.reason().words();
    }
}
