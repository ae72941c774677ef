// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.SipMessage;
import referee.stack.Reply;

/// Wrong ways to answer calls and registrations.
final class Calls {
    private static final Duration RING = Duration.ofSeconds(3);

    private Calls() {}

    /// The first description of a session, which promises 90 s.
    static Reply refreshedByUs() {
        return Reply.of(200)
                .with("Require", "timer")
                .with("Session-Expires", "90;refresher=uas");
    }

    static boolean refreshes(SipMessage sent) {
        return Written.isInDialog(sent)
                && (Written.isRequest(sent, "UPDATE") || Written.isRequest(sent, "INVITE"));
    }

    static void reliably(Turn turn) {
        turn.reply(Reply.of(180).reliably());
        turn.after(RING, then -> then.reply(200));
    }

    static void bindsAnother(Turn turn) {
        turn.reply(
                Reply.of(200)
                        .with("Contact", "<sip:somebody@198.51.100.77:5060>;expires=3600"));
    }
}
