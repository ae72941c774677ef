// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Optional;
import referee.sip.Event;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Sipfrag;
import referee.sip.SubscriptionState;

/// One NOTIFY of the refer event package (RFC 3515 §2.4.4).
///
/// @param sipfrag what the body says of the referred request; empty where there is no readable
///   status line
public record Notify(
        Transaction transaction,
        Optional<Event> event,
        Optional<SubscriptionState> state,
        Optional<Sipfrag> sipfrag) {

    static Notify of(Transaction transaction) {
        var message = transaction.message();
        return new Notify(
                transaction,
                message.flatMap(m -> m.first(Event.KIND).optional()),
                message.flatMap(m -> m.first(SubscriptionState.KIND).optional()),
                message.filter(Notify::isSipfrag).flatMap(m -> Sipfrag.read(m.body()).optional()));
    }

    /// The status code in the body, or 0.
    public int code() {
        return sipfrag.map(Sipfrag::code).orElse(0);
    }

    /// Whether the body carries the final answer to the referred request.
    public boolean isOutcome() {
        return code() >= 200;
    }

    public boolean isTerminated() {
        return state.map(s -> s.isTerminated()).orElse(false);
    }

    private static boolean isSipfrag(SipMessage message) {
        return message.raw(HeaderName.CONTENT_TYPE)
                .map(type -> type.startsWithIgnoreCase("message/sipfrag"))
                .orElse(false);
    }
}
