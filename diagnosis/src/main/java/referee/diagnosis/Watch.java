// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import referee.evidence.Endpoint;
import referee.evidence.Gap;
import referee.evidence.Unreachable;

/// How long the evidence goes on, and where it was blind.
///
/// @param until nothing is known of what came after
/// @param gaps in the order of the source
/// @param errors what ICMP said of packets between the ends of this story
/// @param spans what each of several sources can see, by their beginnings; empty for one source
record Watch(Instant until, List<Gap> gaps, List<Unreachable> errors, List<Span> spans) {
    /// One capture goes on where another ends if it begins no later than this.
    private static final Duration CHANGEOVER = Duration.ofSeconds(2);

    /// @param to the end of the source, or the end of time while it goes on
    /// @param ways between whom messages were seen in it
    record Span(Instant from, Instant to, Set<Way> ways) {}

    /// Whether everything that passed between these two in this time would have been seen.
    boolean covers(Instant from, Instant to, Endpoint one, Endpoint other) {
        if (until.isBefore(to) || !isSeen(from, to, Way.of(one, other))) return false;
        for (var gap : gaps) {
            if (hides(gap, from, to, one, other)) return false;
        }
        return true;
    }

    /// Whether sources that see these two follow each other all the time.
    private boolean isSeen(Instant from, Instant to, Way way) {
        if (spans.isEmpty()) return true;
        var reach = from;
        for (var span : spans) {
            if (!reach.isBefore(to)) return true;
            var joins = !span.from().isAfter(reach.plus(CHANGEOVER));
            if (joins && span.to().isAfter(reach) && span.ways().contains(way)) reach = span.to();
        }
        return !reach.isBefore(to);
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
