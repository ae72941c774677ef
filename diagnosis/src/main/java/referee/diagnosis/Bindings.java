// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.To;
import referee.sip.Via;

/// Which addresses registered, whatever the Call-ID: what a request to one of them that nobody
/// answers is judged by.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Bindings {
    private static final int MOST = 20_000;

    /// The latest registrations of one address that are kept.
    private static final int EACH = 4;

    private static final int LONGEST = 300;

    private final SequencedMap<String, List<Binding>> byAor = new LinkedHashMap<>();

    /// The address of record that each address registered last.
    private final SequencedMap<Endpoint, String> aors = new LinkedHashMap<>();

    void learn(Sighting sighting) {
        var message = sighting.message();
        if (message.code() < 200 || message.code() > 299 || !isToRegister(message)) return;
        var aor = aor(message);
        if (aor.isEmpty() || aor.get().length() > LONGEST) return;
        var known = byAor.remove(aor.get());
        var bindings = known == null ? new ArrayList<Binding>(1) : known;
        note(sighting, aor.get(), bindings);
        byAor.put(aor.get(), bindings);
        aors.put(sighting.to(), aor.get());
        if (byAor.size() > MOST) byAor.pollFirstEntry();
        if (aors.size() > MOST) aors.pollFirstEntry();
    }

    private static boolean isToRegister(SipMessage message) {
        var cseq = message.raw(HeaderName.CSEQ).orElse(Slice.EMPTY);
        var from = cseq.length() - Methods.REGISTER.length();
        return from > 0 && cseq.sub(from).is(Methods.REGISTER);
    }

    private static void note(Sighting accepted, String aor, List<Binding> bindings) {
        var client = accepted.to();
        if (!bindings.isEmpty()) {
            var last = bindings.removeLast();
            if (last.next().isEmpty() && accepted.at().isAfter(last.at())) {
                last = last.renewed(accepted.at(), client);
            }
            bindings.add(last);
        }
        bindings.add(binding(accepted, aor, client));
        if (bindings.size() > EACH) bindings.removeFirst();
    }

    /// The registrations that stood when this story sent a request to their address that nobody
    /// answered.
    List<Binding> of(Story story) {
        var found = new ArrayList<Binding>(0);
        for (var one : story.transactions()) {
            if (one.is(Methods.REGISTER) || one.finalAnswerAnywhere().isPresent()) continue;
            var hop = one.lastHop();
            if (!hop.requests().isEmpty() && hop.answers().isEmpty()) {
                standing(hop.server(), hop.requests().getFirst().at()).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Binding> standing(Endpoint client, Instant when) {
        var aor = aors.get(client);
        var registered = aor == null ? List.<Binding>of() : byAor.getOrDefault(aor, List.of());
        return registered.stream()
                .filter(one -> one.client().equals(client))
                .filter(one -> one.at().isBefore(when))
                .reduce((_, later) -> later)
                .filter(one -> one.at().plus(one.lifetime()).isAfter(when));
    }

    private static Binding binding(Sighting accepted, String aor, Endpoint client) {
        var message = accepted.message();
        var contacts = message.values(Contact.KIND);
        var seconds =
                contacts.stream()
                        .flatMap(contact -> contact.expires().stream())
                        .max(Long::compare)
                        .or(() -> message.first(Expires.KIND).optional().map(Expires::seconds))
                        .orElse(contacts.isEmpty() ? 0L : 3_600L);
        return new Binding(
                aor,
                client,
                accepted.transport(),
                accepted.at(),
                Duration.ofSeconds(Math.min(seconds, 1L << 32)),
                isTranslated(message, client),
                contacts.stream().anyMatch(Bindings::isWoken),
                Optional.empty());
    }

    private static boolean isTranslated(SipMessage message, Endpoint client) {
        var via = message.first(Via.KIND).optional();
        return via.isPresent()
                && (!via.get().host().replace("[", "").replace("]", "").equals(client.host())
                        || via.get().port() != 0 && via.get().port() != client.port());
    }

    private static boolean isWoken(Contact contact) {
        return contact.address().map(NameAddr::uri).orElse(null) instanceof SipUri sip
                && (sip.params().has("pn-provider") || sip.params().has("pn-prid"));
    }

    private static Optional<String> aor(SipMessage message) {
        return message.raw(HeaderName.TO).isEmpty()
                ? Optional.empty()
                : message.first(To.KIND).optional().map(to -> to.address().uri().text().text());
    }
}
