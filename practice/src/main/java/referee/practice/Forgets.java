// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Forgets its REFER with the call: what is told a moment after BYE is answered 481.
final class Forgets implements Mischief {
    private static final int MOST_CALLS = 10_000;

    /// Call-ID → when BYE was sent.
    private final Map<String, Instant> ended = new LinkedHashMap<>();

    @Override
    public boolean changes(SipMessage message) {
        return isRequest(message, "BYE") || isResponse(message, "NOTIFY", 200);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        var call = Written.callId(what.message());
        if (what.message().isRequest()) {
            if (ended.size() >= MOST_CALLS) ended.clear();
            ended.putIfAbsent(call, what.at());
            return what.unchanged();
        }
        var since = ended.get(call);
        return since != null && what.at().isAfter(since)
                ? what.as(Written.status(what.draft(), 481, "Subscription Does Not Exist"))
                : what.unchanged();
    }
}
