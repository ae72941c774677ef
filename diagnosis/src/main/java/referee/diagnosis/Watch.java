// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import java.util.List;
import referee.evidence.Endpoint;
import referee.evidence.Gap;
import referee.evidence.Unreachable;

/// How long the evidence goes on, and where it was blind.
///
/// @param until nothing is known of what came after
/// @param gaps in the order of the source
/// @param errors what ICMP said of packets between the ends of this story
record Watch(Instant until, List<Gap> gaps, List<Unreachable> errors) {

    /// Whether everything that passed between these two in this time would have been seen.
    boolean covers(Instant from, Instant to, Endpoint one, Endpoint other) {
        if (until.isBefore(to)) return false;
        for (var gap : gaps) {
            if (hides(gap, from, to, one, other)) return false;
        }
        return true;
    }

    private static boolean hides(Gap gap, Instant from, Instant to, Endpoint one, Endpoint other) {
        var during = gap.at().map(at -> !at.isBefore(from) && !at.isAfter(to)).orElse(false);
        if (!during || gap.kind() == Gap.Kind.MIDSTREAM || gap.kind() == Gap.Kind.LINK)
            return false;
        return gap.between().map(path -> isBetween(path, one, other)).orElse(true);
    }

    private static boolean isBetween(Gap.Path path, Endpoint one, Endpoint other) {
        var from = path.from().host();
        var to = path.to().host();
        return from.equals(one.host()) && to.equals(other.host())
                || from.equals(other.host()) && to.equals(one.host());
    }
}
