// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.stack.Calling;
import referee.stack.Flow;
import referee.stack.Reply;

/// The bindings of the users (RFC 3261 §10.3).
final class Registrar {
    static final long SHORTEST_SECONDS = 60;
    private static final long LONGEST_SECONDS = 3600;
    private static final int MOST_CONTACTS = 10;
    private static final int MOST_USERS = 10_000;

    /// @param uri as the phone wrote it
    /// @param flow over which it came, where it has to be called back over that: a connection, or a
    ///   phone that does not know its own address
    record Binding(String uri, Instant until, Optional<Flow> flow) {
        Calling calling() {
            var calling = Calling.of(uri);
            return flow.map(calling::over).orElse(calling);
        }
    }

    private final Map<String, List<Binding>> bindings = new LinkedHashMap<>();

    /// Where a user can be called now, the latest first.
    Optional<Binding> of(String user, Instant at) {
        return live(user, at).stream().reduce((_, later) -> later);
    }

    /// A user who can be called now and is not this one.
    Optional<String> somebodyElse(String than, Instant at) {
        return bindings.keySet().stream()
                .filter(user -> !user.equals(than) && !live(user, at).isEmpty())
                .findFirst();
    }

    Reply register(Instant at, String user, SipMessage request, Flow flow) {
        var contacts = request.values(Contact.KIND);
        var said = request.first(Expires.KIND).optional().map(Expires::seconds);
        if (contacts.stream().anyMatch(Contact::isStar)) {
            if (contacts.size() > 1 || said.orElse(-1L) != 0) return Reply.of(400);
            bindings.remove(user);
            return listing(at, user);
        }
        if (bindings.size() >= MOST_USERS && !bindings.containsKey(user)) return Reply.of(503);
        for (var contact : contacts) {
            var asked = asked(contact, said);
            if (asked > 0 && asked < SHORTEST_SECONDS)
                return Reply.of(423).with("Min-Expires", SHORTEST_SECONDS);
        }
        for (var contact : contacts) bind(at, user, contact, asked(contact, said), flow);
        return listing(at, user);
    }

    private static long asked(Contact contact, Optional<Long> said) {
        return contact.expires().or(() -> said).orElse(LONGEST_SECONDS);
    }

    private void bind(Instant at, String user, Contact contact, long asked, Flow flow) {
        var address = contact.address().map(NameAddr::uri);
        var uri = address.map(Registrar::text).orElse("");
        var left = new ArrayList<>(live(user, at));
        left.removeIf(one -> one.uri().equals(uri));
        var seconds = Math.min(asked, LONGEST_SECONDS);
        if (seconds > 0) left.add(new Binding(uri, at.plusSeconds(seconds), back(address, flow)));
        if (left.size() > MOST_CONTACTS) left.removeFirst();
        bindings.put(user, left);
    }

    /// A Contact with the address that the REGISTER came from is called at its own port; any other
    /// is taken to be behind a NAT.
    private static Optional<Flow> back(Optional<Uri> contact, Flow flow) {
        var knows =
                flow.transport() == Transport.UDP
                        && contact.isPresent()
                        && contact.get() instanceof SipUri sip
                        && sip.host().is(flow.remote().host());
        return knows ? Optional.empty() : Optional.of(flow);
    }

    private static String text(Uri uri) {
        return uri instanceof SipUri sip ? sip.text().text() : uri.toString();
    }

    private Reply listing(Instant at, String user) {
        var reply = Reply.of(200);
        for (var one : live(user, at)) {
            var left = Duration.between(at, one.until()).toSeconds();
            reply = reply.with("Contact", "<" + one.uri() + ">;expires=" + left);
        }
        return reply;
    }

    private List<Binding> live(String user, Instant at) {
        return bindings.getOrDefault(user, List.of()).stream()
                .filter(one -> one.until().isAfter(at))
                .toList();
    }
}
