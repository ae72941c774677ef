// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import referee.sip.CSeq;
import referee.sip.SipMessage;

/// A 2xx of ours that waits for its ACK.
final class Answering {
    private final Call call;
    private final ServerTransaction invite;
    private final Repeating repeating;

    Answering(Call call, Instant at, ServerTransaction invite) {
        this.call = call;
        this.invite = invite;
        var desk = call.floor().desk();
        this.repeating =
                new Repeating(
                        desk.agenda,
                        desk.setup.timers(),
                        at,
                        true,
                        invite::repeat,
                        call::neverAcknowledged);
    }

    boolean isFor(SipMessage ack) {
        return number(ack) == number(invite.request());
    }

    void acknowledged(Instant at, SipMessage ack) {
        repeating.stop();
        call.acknowledged(at, ack, invite.last().orElseThrow());
    }

    void stop() {
        repeating.stop();
    }

    private static long number(SipMessage message) {
        return message.first(CSeq.KIND).optional().map(CSeq::number).orElse(-1L);
    }
}
