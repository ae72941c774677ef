// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.List;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Numbers the first NOTIFY as if the second had been sent before it.
final class Swapped implements Mischief {
    @Override
    public boolean changes(SipMessage message) {
        return Written.isRequest(message, "NOTIFY");
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        var message = what.message();
        var last = message.body().holds("200 OK");
        var number = Written.number(message);
        return what.as(what.draft().set("CSeq", (last ? number - 1 : number + 1) + " NOTIFY"));
    }
}
