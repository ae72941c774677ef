// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.Contact;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.stack.Reply;

/// Wrong ways to answer calls and registrations.
final class Calls {
    private static final Duration RING = Duration.ofSeconds(3);

    private Calls() {}

    /// Promises to refresh the session every 45 s.
    static Reply refreshedByUs() {
        return Reply.of(200).with("Require", "timer").with("Session-Expires", "90;refresher=uas");
    }

    static boolean refreshes(SipMessage sent) {
        return Written.isInDialog(sent)
                && (Written.isRequest(sent, "UPDATE") || Written.isRequest(sent, "INVITE"));
    }

    static void reliably(Turn turn) {
        turn.reply(Reply.of(180).reliably());
        turn.after(RING, then -> then.reply(200));
    }

    static void grantsNothing(Turn turn) {
        var reply = Reply.of(200);
        for (var contact : turn.request().values(Contact.KIND)) {
            var uri = contact.address().map(NameAddr::uri);
            if (uri.isPresent() && uri.get() instanceof SipUri sip)
                reply = reply.with("Contact", "<" + sip.text() + ">;expires=0");
        }
        turn.reply(reply);
    }
}
