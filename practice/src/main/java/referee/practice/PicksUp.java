// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import referee.sip.SipMessage;
import referee.stack.Output;
import referee.stack.Received;

/// Says 200, until that is acknowledged, where a cancelled INVITE is to be ended with 487.
final class PicksUp implements Mischief {
    private static final int MOST_CALLS = 10_000;

    private final Set<String> acknowledged = new LinkedHashSet<>();

    @Override
    public boolean overhears(Received received) {
        if (isRequest(received.message(), "ACK")) {
            if (acknowledged.size() >= MOST_CALLS) acknowledged.clear();
            acknowledged.add(Written.key(received.message()));
        }
        return false;
    }

    @Override
    public boolean changes(SipMessage message) {
        return isResponse(message, "INVITE", 487);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        if (acknowledged.contains(Written.key(what.message()))) return List.of();
        var contact = "<sip:practice@" + what.practice().address() + ">";
        return what.as(Written.status(what.draft(), 200, "OK").set("Contact", contact));
    }
}
