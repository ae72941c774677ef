// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.stack.Output;
import referee.stack.Received;

/// Asks as a proxy for credentials within a dialog, for requests of one method that the stack
/// answers by itself. What comes with credentials is taken, whatever they are worth.
final class Insists implements Mischief {
    private static final int MOST = 10_000;

    private final String method;

    /// Call-ID and number of the requests that brought credentials.
    private final Set<String> brought = new LinkedHashSet<>();

    Insists(String method) {
        this.method = method;
    }

    @Override
    public boolean overhears(Received received) {
        var message = received.message();
        if (isRequest(message, method) && message.has(HeaderName.PROXY_AUTHORIZATION)) {
            if (brought.size() >= MOST) brought.clear();
            brought.add(Written.key(message));
        }
        return false;
    }

    @Override
    public boolean changes(SipMessage message) {
        return isFinal(message) && (!isResponse(message, method, 200) || !isBrought(message));
    }

    private boolean isFinal(SipMessage message) {
        return isResponse(message, method, 200) || isResponse(message, method, 481);
    }

    private boolean isBrought(SipMessage message) {
        return brought.contains(Written.key(message));
    }

    /// The stack has taken the first one for good, and knows nothing of what comes again.
    @Override
    public List<Output.Send> leaving(Leaving what) {
        if (isBrought(what.message())) return what.as(Written.status(what.draft(), 200, "OK"));
        var asked = Written.status(what.draft(), 407, "Proxy Authentication Required");
        for (var line : what.practice().trunk().challenge(what.at(), false).headers())
            asked = asked.with(line.name(), line.value());
        return what.as(asked);
    }
}
