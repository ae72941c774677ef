// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.stack.Draft;
import referee.stack.Output;
import referee.stack.Reply;

/// Odd ways to answer calls and registrations.
final class Calls {
    private static final Duration RING = Duration.ofSeconds(3);
    private static final Duration MOMENT = Duration.ofMillis(500);

    /// Of RFC 5737: nobody is there.
    private static final String NOWHERE = "<sip:practice@192.0.2.1:5060>";

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

    static boolean isShort(SipMessage register, long seconds) {
        var said = register.first(Expires.KIND).optional().map(Expires::seconds);
        return register.values(Contact.KIND).stream()
                .map(contact -> contact.expires().or(() -> said).orElse(seconds))
                .anyMatch(asked -> asked > 0 && asked < seconds);
    }

    /// Sends the caller to where the callee is registered (RFC 3261 §8.3).
    static boolean redirects(Turn turn, Practice practice) {
        var binding = practice.binding(turn.dialled(), turn.at());
        binding.ifPresent(one -> turn.reply(Reply.of(302).with("Contact", "<" + one.uri() + ">")));
        return binding.isPresent();
    }

    /// Registers, and closes the connection a moment later.
    static boolean closes(Turn turn, Practice practice) {
        if (!turn.flow().transport().isReliable()) return false;
        practice.right(turn);
        turn.after(MOMENT, then -> then.out().add(new Output.Close(then.flow())));
        return true;
    }

    /// The edge of RFC 5626 §5.3 that has lost the connection to the callee.
    static boolean flowFailed(Turn turn, Practice practice) {
        var registered = practice.binding(turn.dialled(), turn.at()).isPresent();
        if (registered) turn.reply(Reply.of(430, "Flow Failed"));
        return registered;
    }

    /// Lies behind a proxy of the same address, which is the only way to it.
    static Draft behindProxy(Draft answer, String proxy) {
        return answer.set("Contact", NOWHERE).set("Record-Route", "<sip:" + proxy + ";lr>");
    }
}
