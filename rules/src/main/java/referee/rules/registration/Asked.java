// SPDX-License-Identifier: Apache-2.0
package referee.rules.registration;

import java.util.Optional;
import referee.diagnosis.Transaction;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.SipMessage;

/// For how many seconds a request wants to be good: the `expires` of a Contact goes before Expires
/// (RFC 3261 §10.2.1.1).
final class Asked {
    private Asked() {}

    /// The shortest that the request asks for; empty where it leaves the choice to the server.
    static Optional<Long> shortest(Transaction request) {
        return request.message().flatMap(Asked::shortest);
    }

    private static Optional<Long> shortest(SipMessage request) {
        var general = request.first(Expires.KIND).optional().map(Expires::seconds);
        return request.values(Contact.KIND).stream()
                .flatMap(contact -> contact.expires().or(() -> general).stream())
                .min(Long::compare)
                .or(() -> general);
    }

    /// What this one Contact is to be bound for, or is bound for.
    static Optional<Long> of(Contact contact, SipMessage message) {
        return contact.expires()
                .or(() -> message.first(Expires.KIND).optional().map(Expires::seconds));
    }
}
