// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.List;
import referee.sip.CSeq;
import referee.sip.SipMessage;
import referee.stack.Draft;

/// Numbers the first NOTIFY as if the second had been sent before it.
final class Swapped implements Mischief {
    @Override
    public boolean changes(SipMessage message) {
        return Written.isRequest(message, "NOTIFY");
    }

    @Override
    public List<Draft> leaving(SipMessage message) {
        var last = message.body().holds("200 OK");
        var number = message.first(CSeq.KIND).optional().map(CSeq::number).orElse(1L);
        return List.of(
                Written.of(message).set("CSeq", (last ? number - 1 : number + 1) + " NOTIFY"));
    }
}
