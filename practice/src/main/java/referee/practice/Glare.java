// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isResponse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Answers the first re-INVITE of a call as if one of its own were on its way (RFC 3261 §14.2).
final class Glare implements Mischief {
    private static final int MOST_CALLS = 10_000;

    /// Call-ID → CSeq of the INVITE, then of the re-INVITE that is refused.
    private final Map<String, List<Long>> numbers = new HashMap<>();

    @Override
    public boolean changes(SipMessage message) {
        if (!isResponse(message, "INVITE", 200)) return false;
        if (numbers.size() >= MOST_CALLS) numbers.clear();
        var number = Written.number(message);
        var seen = numbers.merge(Written.callId(message), List.of(number), Glare::joined);
        return seen.indexOf(number) == 1;
    }

    private static List<Long> joined(List<Long> seen, List<Long> next) {
        return seen.size() > 1 || seen.contains(next.getFirst())
                ? seen
                : List.of(seen.getFirst(), next.getFirst());
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        return what.as(Written.status(what.draft(), 491, "Request Pending"));
    }
}
