// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.net.InetAddress;
import java.util.Optional;
import referee.sip.Contact;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.ReferSub;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Sipfrag;
import referee.sip.SubscriptionState;
import referee.sip.Via;
import referee.stack.Event;

/// What was seen during a transfer that tells why a NOTIFY may be missing.
final class Observed {
    /// @param says what happened to it
    /// @param named whether it named a REFER by its id
    record Refused(String says, boolean named) {}

    private boolean accepted;
    private boolean notified;
    private boolean lastWord;
    private boolean silenceAgreed;
    private Optional<Sipfrag> status = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
    private Optional<String> lost = Optional.empty();
    private boolean subscribedElsewhere;
    private Optional<Via> via = Optional.empty();
    private Optional<String> peer = Optional.empty();

    void hear(Event event) {
        switch (event) {
            case Event.ReferAccepted(_, var response, _) -> {
                accepted = true;
                silenceAgreed =
                        response.first(ReferSub.KIND)
                                .optional()
                                .filter(one -> !one.wanted())
                                .isPresent();
                subscribedElsewhere = response.has(HeaderName.REFER_EVENTS_AT);
                saw(response);
            }
            case Event.CallAnswered(_, var response) -> {
                saw(response);
                if (peer.isEmpty())
                    peer =
                            response.first(Contact.KIND)
                                    .optional()
                                    .flatMap(Contact::address)
                                    .filter(one -> one.uri() instanceof SipUri)
                                    .map(one -> ((SipUri) one.uri()).host().text());
            }
            case Event.Progress(_, var response) -> saw(response);
            case Event.Notified(_, var request, _) -> {
                notified = true;
                Sipfrag.read(request.body()).optional().ifPresent(one -> status = Optional.of(one));
                lastWord |=
                        request.first(SubscriptionState.KIND)
                                .optional()
                                .filter(SubscriptionState::isTerminated)
                                .isPresent();
            }
            case Event.Unmatched(var message, _, var why) -> {
                if (message.isRequest() && message.method().equals(Methods.NOTIFY))
                    refuse(message, why);
            }
            default -> {}
        }
    }

    /// One that is about something else, such as waiting messages, has nothing to do with it.
    private void refuse(SipMessage notify, String why) {
        var said = notify.first(referee.sip.Event.KIND).optional();
        if (said.filter(referee.sip.Event::isRefer).isEmpty()) return;
        var id = said.flatMap(referee.sip.Event::id);
        refused =
                Optional.of(
                        new Refused(
                                "a NOTIFY with Event: refer%s was %s by us"
                                        .formatted(id.map(one -> ";id=" + one).orElse(""), why),
                                id.isPresent()));
    }

    private void saw(SipMessage response) {
        response.first(Via.KIND).optional().ifPresent(one -> via = Optional.of(one));
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isNotified() {
        return notified;
    }

    /// Whether the last NOTIFY has come, whatever it said.
    boolean hasLastWord() {
        return lastWord;
    }

    /// Whether the peer has said `Refer-Sub: false` (RFC 4488 §4).
    boolean isSilenceAgreed() {
        return silenceAgreed;
    }

    /// A connection is gone.
    void lose(String says) {
        lost = Optional.of(says);
    }

    /// The connection that has gone, in words.
    Optional<String> lost() {
        return lost;
    }

    /// Whether the peer has told an address to subscribe at instead (RFC 7614 §4).
    boolean isSubscribedElsewhere() {
        return subscribedElsewhere;
    }

    /// What the last NOTIFY said.
    Optional<Sipfrag> status() {
        return status;
    }

    /// A NOTIFY of a transfer that we have refused.
    Optional<Refused> refused() {
        return refused;
    }

    /// Why our Contact may not be reached from where the peer is, if there is a reason.
    Optional<String> unreachable() {
        if (via.isEmpty()) return Optional.empty();
        var said = via.get();
        if (said.host().endsWith(".invalid")) return Optional.empty(); // over its WebSocket only
        var seen = said.params().text("received").orElse(said.host());
        var port = said.params().get("rport").map(one -> one.value().number()).orElse(0L);
        var moved = isDatagram(said) && port > 0 && said.port() != 0 && port != said.port();
        if (!seen.equals(said.host()) || moved)
            return Optional.of(
                    "our Contact says %s:%d, and the peer sees us as %s:%d: there is a NAT between"
                            .formatted(
                                    said.host(), said.port(), seen, port > 0 ? port : said.port()));
        if (isPrivate(said.host()) && peer.filter(one -> isPublic(one)).isPresent())
            return Optional.of(
                    "our Contact says the private address %s, and the peer, %s, is on the public network"
                            .formatted(said.host(), peer.get()));
        return Optional.empty();
    }

    /// A connection has a port of its own; that is not the one we listen at, NAT or not.
    private static boolean isDatagram(Via via) {
        return via.transport().isIgnoreCase("UDP");
    }

    static boolean isPrivate(String host) {
        return literal(host)
                .filter(one -> one.isSiteLocalAddress() || isShared(one) || isUniqueLocal(one))
                .isPresent();
    }

    private static boolean isPublic(String host) {
        return literal(host)
                .filter(one ->
                        !one.isSiteLocalAddress()
                                && !isShared(one)
                                && !isUniqueLocal(one)
                                && !one.isLoopbackAddress()
                                && !one.isLinkLocalAddress())
                .isPresent();
    }

    /// RFC 6598: 100.64.0.0/10.
    private static boolean isShared(InetAddress address) {
        var octets = address.getAddress();
        return octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
    }

    /// RFC 4193: fc00::/7.
    private static boolean isUniqueLocal(InetAddress address) {
        var octets = address.getAddress();
        return octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
    }

    private static Optional<InetAddress> literal(String host) {
        var bare =
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a name: nobody knows from here whose address it is
        }
    }
}
