// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Sends one ACK for each call.
final class Once implements Mischief {
    private static final int MOST_CALLS = 10_000;

    /// The Call-IDs that have been acknowledged.
    private final Set<String> acknowledged = new LinkedHashSet<>();

    @Override
    public boolean changes(SipMessage message) {
        if (!isRequest(message, "ACK")) return false;
        if (acknowledged.size() >= MOST_CALLS) acknowledged.clear();
        return !acknowledged.add(Written.callId(message));
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        return List.of();
    }
}
