// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// The requests that belong to another one: ACK of a failure (RFC 3261 §17.1.1.3) and CANCEL
/// (§9.1).
final class Acks {
    private Acks() {}

    static SipMessage ofFailure(SipMessage invite, SipMessage response) {
        return like(invite, Methods.ACK)
                .with("To", Copies.value(response, HeaderName.TO))
                .message();
    }

    static SipMessage cancel(SipMessage invite) {
        return like(invite, Methods.CANCEL)
                .with("To", Copies.value(invite, HeaderName.TO))
                .message();
    }

    private static Draft like(SipMessage invite, String method) {
        var number = invite.first(CSeq.KIND).optional().map(CSeq::number).orElse(0L);
        return Draft.request(method, Copies.uri(invite))
                .with("Via", Copies.value(invite, HeaderName.VIA))
                .with(Copies.lines(invite, HeaderName.ROUTE))
                .with("Max-Forwards", "70")
                .with("From", Copies.value(invite, HeaderName.FROM))
                .with("Call-ID", Copies.value(invite, HeaderName.CALL_ID))
                .with("CSeq", number + " " + method);
    }
}
