// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isRequest;

import java.util.List;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Writes into Refer-To whom it called last, where the Contact of the call belongs.
final class WrongDestination implements Mischief {
    private String called = "";

    @Override
    public boolean changes(SipMessage message) {
        return isRequest(message, "INVITE") && !Written.isInDialog(message)
                || isRequest(message, "REFER");
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        if (isRequest(what.message(), "INVITE")) {
            called = Written.called(what.message());
            return what.unchanged();
        }
        return what.as(
                what.draft().map("Refer-To", to -> to.replaceFirst("<[^?>]*", "<" + called)));
    }
}
