// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isResponse;

import java.util.List;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Answers requests with 200 for whose dialog the stack has no place: it was made up.
///
/// @param method of the requests
record Forgiving(String method) implements Mischief {
    @Override
    public boolean changes(SipMessage message) {
        return isResponse(message, method, 481);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        return what.as(Written.status(what.draft(), 200, "OK"));
    }
}
