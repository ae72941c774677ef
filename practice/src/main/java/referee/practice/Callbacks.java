// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.Contact;
import referee.sip.NameAddr;
import referee.sip.SipUri;
import referee.stack.Calling;
import referee.stack.Transferring;

/// Calls that practice places of its own accord, once it is called.
final class Callbacks {
    private static final Duration RING = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration TALK = Duration.ofSeconds(20);

    private Callbacks() {}

    /// Is busy, and calls back.
    static void callBack(Turn turn) {
        turn.reply(180);
        turn.after(RING, then -> then.reply(486));
        turn.after(PAUSE, Callbacks::call);
    }

    private static void call(Turn turn) {
        var caller =
                turn.request()
                        .first(Contact.KIND)
                        .optional()
                        .flatMap(Contact::address)
                        .map(NameAddr::uri)
                        .map(uri -> uri instanceof SipUri sip ? sip.text().text() : "")
                        .orElse("");
        if (caller.isEmpty()) return;
        var call = turn.call(Calling.of(caller).over(turn.flow()));
        turn.after(TALK, then -> then.hangUp(call));
    }

    /// Picks up, calls somebody else, and joins the two: an attended transfer (RFC 5589 §7).
    static void attend(Turn turn, Switchboard switchboard) {
        turn.reply(180);
        turn.after(RING, then -> then.reply(200));
        turn.after(RING.plus(PAUSE), then -> consult(then, switchboard));
    }

    private static void consult(Turn turn, Switchboard switchboard) {
        var consultation = turn.call(switchboard.consulted(turn));
        turn.after(PAUSE, then -> switchboard.transfer(then, Transferring.attended(consultation)));
    }
}
