// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.sip.SipMessage;
import referee.stack.Draft;
import referee.stack.Output;

/// Cancels the first INVITE of a call, whichever rings.
final class CancelsFirst implements Mischief {
    private static final int MOST_CALLS = 10_000;

    /// Call-ID → its first INVITE.
    private final Map<String, Draft> first = new LinkedHashMap<>();

    @Override
    public boolean changes(SipMessage message) {
        return isRequest(message, "CANCEL")
                || isRequest(message, "INVITE") && Written.isOutside(message);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        var call = Written.callId(what.message());
        if (isRequest(what.message(), "INVITE")) {
            if (first.size() >= MOST_CALLS) first.clear();
            first.putIfAbsent(call, what.draft());
            return what.unchanged();
        }
        var invite = first.get(call);
        return invite == null ? what.unchanged() : what.as(CallerFaults.cancel(invite));
    }
}
