// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isResponse;

import java.util.List;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Answers calls twice, as if two phones behind a forking proxy had picked up (RFC 3261 §13.2.2.4).
final class Forks implements Mischief {
    @Override
    public boolean changes(SipMessage message) {
        return isResponse(message, "INVITE", 200);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        var first = what.draft();
        var to = first.value("To").orElse("");
        return what.as(first, first.set("To", to + "b"));
    }
}
