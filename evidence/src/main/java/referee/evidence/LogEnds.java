// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.Contact;
import referee.sip.Methods;
import referee.sip.Route;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.StartLine;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.sip.Via;

/// Finds out who the two ends of a message in a log are where the log does not say it.
///
/// A log is written by one program. Its own address is what it writes into the Via and Contact of
/// what it sends, and next what the others write into the Request-URI of what they send to it; each
/// transport and interface has its own. The other end, where the log is silent about it too, is
/// taken to be one a Call-ID: from the Via of a request received, else from the Route or
/// Request-URI of one sent. What stays open has a name in place of an address.
final class LogEnds {
    static final Endpoint THIS_SERVER = new Endpoint("this-server", 0);
    static final Endpoint OTHER_SIDE = new Endpoint("other-side", 0);

    private static final int MOST_PEERS = 50_000;

    private record Socket(Transport transport, String face) {}

    private record Peer(Socket socket, String who) {}

    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_PEERS;
        }
    }

    private final Map<Socket, LogVotes> bySocket = new HashMap<>();
    private final Map<Peer, LogVotes> byPeer = new Latest<>();
    private final Map<String, LogVotes> peers = new Latest<>();
    private final Map<Peer, Endpoint> ownOf = new Latest<>();
    private final Map<String, Endpoint> peerOf = new Latest<>();

    /// Remembers what a message tells of its ends.
    void learn(LogHead head, SipMessage message, Transport transport) {
        if (head.own().isPresent() || head.way() == LogHead.Way.UNKNOWN) return;
        var sent = head.way() == LogHead.Way.SENT;
        if (head.peer().isEmpty()) learnPeer(message, transport, sent);
        var socket = new Socket(transport, head.face());
        var peer = new Peer(socket, who(head, message));
        if (message.isRequest() == sent)
            via(message, transport).ifPresent(one -> vote(peer, one, LogVotes.VIA));
        if (sent) contact(message, transport).ifPresent(one -> vote(peer, one, LogVotes.CONTACT));
        else if (message.isRequest())
            target(message, transport).ifPresent(one -> vote(peer, one, LogVotes.URI));
    }

    private void vote(Peer peer, Endpoint endpoint, int place) {
        bySocket.computeIfAbsent(peer.socket(), _ -> new LogVotes()).add(endpoint, place);
        byPeer.computeIfAbsent(peer, _ -> new LogVotes()).add(endpoint, place);
    }

    private void learnPeer(SipMessage message, Transport transport, boolean sent) {
        var votes = peers.computeIfAbsent(callId(message), _ -> new LogVotes());
        if (message.isRequest() != sent)
            source(message, transport).ifPresent(one -> votes.add(one, LogVotes.VIA));
        else if (sent) target(message, transport).ifPresent(one -> votes.add(one, LogVotes.URI));
    }

    /// The end that wrote the log; once told, the same for the same other end.
    Endpoint own(LogHead head, SipMessage message, Transport transport) {
        if (head.own().isPresent()) return head.own().get();
        var peer = new Peer(new Socket(transport, head.face()), who(head, message));
        return ownOf.computeIfAbsent(
                peer,
                _ ->
                        best(byPeer.get(peer))
                                .or(() -> only(bySocket.get(peer.socket())))
                                .orElse(THIS_SERVER));
    }

    /// The other end; once told, the same for the same Call-ID.
    Endpoint peer(LogHead head, SipMessage message) {
        if (head.peer().isPresent()) return head.peer().get();
        var callId = callId(message);
        return peerOf.computeIfAbsent(callId, _ -> best(peers.get(callId)).orElse(OTHER_SIDE));
    }

    private static Optional<Endpoint> best(@Nullable LogVotes votes) {
        return votes == null ? Optional.empty() : votes.best();
    }

    private static Optional<Endpoint> only(@Nullable LogVotes votes) {
        return votes == null ? Optional.empty() : votes.only();
    }

    private static String who(LogHead head, SipMessage message) {
        return head.peer().map(Endpoint::host).orElseGet(() -> callId(message));
    }

    private static String callId(SipMessage message) {
        return message.raw(referee.sip.HeaderName.CALL_ID).map(Slice::text).orElse("");
    }

    /// What the sender of a request calls itself; where that is no address, what the receiver saw.
    private static Optional<Endpoint> via(SipMessage message, Transport transport) {
        return message.first(Via.KIND)
                .optional()
                .flatMap(via ->
                        LogAddress.isLiteral(via.host())
                                ? sentBy(via, transport)
                                : received(via).or(() -> sentBy(via, transport)));
    }

    /// Where a request came from.
    private static Optional<Endpoint> source(SipMessage message, Transport transport) {
        return message.first(Via.KIND)
                .optional()
                .flatMap(via -> received(via).or(() -> sentBy(via, transport)))
                .filter(one -> LogAddress.isLiteral(one.host()));
    }

    private static Optional<Endpoint> sentBy(Via via, Transport transport) {
        return LogAddress.of(via.sentBy(), LogAddress.usualPort(transport));
    }

    private static Optional<Endpoint> received(Via via) {
        var port =
                via.params()
                        .text("rport")
                        .filter(LogEnds::isPort)
                        .orElse(Integer.toString(via.port()));
        return via.params().text("received").flatMap(host -> LogAddress.of(host, port, via.port()));
    }

    private static boolean isPort(String text) {
        return text.length() <= 5 && TraceGrammar.isNumber(text);
    }

    /// Not of what repeats a Contact that another gave.
    private static Optional<Endpoint> contact(SipMessage message, Transport transport) {
        var foreign =
                message.code() >= 300
                        || !message.isRequest() && message.method().equals(Methods.REGISTER);
        if (foreign) return Optional.empty();
        return message.first(Contact.KIND)
                .optional()
                .flatMap(Contact::address)
                .flatMap(address -> literal(address.uri(), transport));
    }

    /// The topmost Route, or the Request-URI: what a request was sent to.
    private static Optional<Endpoint> target(SipMessage message, Transport transport) {
        var route = message.first(Route.KIND).optional().map(Route::address);
        if (route.isPresent()) return literal(route.get().uri(), transport);
        if (!(message.start() instanceof StartLine.Request request)) return Optional.empty();
        return Uri.read(request.uri()).optional().flatMap(one -> literal(one, transport));
    }

    /// Host and port, if the host is an address and the URI is of this transport.
    private static Optional<Endpoint> literal(Uri address, Transport transport) {
        if (!(address instanceof SipUri uri)) return Optional.empty();
        var host = uri.host().text();
        var other =
                uri.params()
                        .text("transport")
                        .flatMap(LogAddress::transport)
                        .filter(one -> one != transport && !(isWeb(one) && isWeb(transport)));
        if (other.isPresent() || !LogAddress.isLiteral(host)) return Optional.empty();
        var port = uri.port() > 0 ? uri.port() : LogAddress.usualPort(transport);
        return LogAddress.of(host, Integer.toString(port), port);
    }

    private static boolean isWeb(Transport transport) {
        return transport == Transport.WS || transport == Transport.WSS;
    }
}
