// SPDX-License-Identifier: Apache-2.0
package referee.rules.registration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Contact;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Uri;

/// What a 2xx to REGISTER says of the one Contact that the REGISTER brought (RFC 3261 §10.3 step
/// 8).
///
/// @param asked seconds; empty where the request leaves them to the registrar
/// @param granted seconds
record Binding(
        Transaction register, Answer answer, NameAddr own, Optional<Long> asked, long granted) {

    /// The next REGISTER of the same client.
    record Refresh(Instant at, Sighting request) {}

    /// One for each accepted REGISTER with one Contact whose binding is in the answer.
    static List<Binding> of(Story story) {
        var bindings = new ArrayList<Binding>(2);
        story.before().flatMap(Binding::of).ifPresent(bindings::add);
        for (var one : story.transactions(Methods.REGISTER)) {
            if (one.isSuccess()) of(one).ifPresent(bindings::add);
        }
        return bindings;
    }

    private static Optional<Binding> of(Transaction register) {
        var request = register.message();
        var contacts = request.map(message -> message.values(Contact.KIND)).orElse(List.of());
        if (contacts.size() != 1 || contacts.getFirst().isStar()) return Optional.empty();
        var answer = register.finalAnswer().orElseThrow();
        var asked = Asked.of(contacts.getFirst(), request.orElseThrow());
        var accepted = answer.first().message();
        var own = contacts.getFirst().address().orElseThrow();
        return bound(own.uri(), accepted)
                .flatMap(contact -> Asked.of(contact, accepted))
                .map(granted -> new Binding(register, answer, own, asked, granted));
    }

    /// The client's own Contact among those bound: the same URI, else the same user at the same
    /// host, else the only one there is, since a proxy may have rewritten it.
    private static Optional<Contact> bound(Uri own, SipMessage accepted) {
        var contacts = accepted.values(Contact.KIND);
        return contacts.stream()
                .filter(contact -> contact.address().filter(a -> a.uri().sameAs(own)).isPresent())
                .findFirst()
                .or(() -> contacts.stream().filter(contact -> isAlike(contact, own)).findFirst())
                .or(() -> contacts.size() == 1 ? contacts.stream().findFirst() : Optional.empty());
    }

    private static boolean isAlike(Contact contact, Uri own) {
        return contact.address()
                .filter(address ->
                        own instanceof SipUri mine
                                && address.uri() instanceof SipUri other
                                && mine.userText().equals(other.userText())
                                && mine.host().text().equalsIgnoreCase(other.host().text()))
                .isPresent();
    }

    String contact() {
        return own.uri().text().text();
    }

    Instant since() {
        return answer.first().at();
    }

    /// Whether the answer is 2xx and yet nothing is bound, although something was asked for.
    boolean isRefusedQuietly() {
        return granted == 0 && asked.map(seconds -> seconds > 0).orElse(true);
    }

    Optional<Refresh> next(Story story) {
        return story.transactions(Methods.REGISTER).stream()
                .filter(one -> one.first().isAfter(since()))
                .filter(one -> one.client().host().equals(register.client().host()))
                .flatMap(one -> one.request().stream())
                .findFirst()
                .map(request -> new Refresh(request.at(), request));
    }

    List<Sighting> proof() {
        var proof = new ArrayList<>(register.request().stream().toList());
        proof.add(answer.first());
        return proof;
    }
}
