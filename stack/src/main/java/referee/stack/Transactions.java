// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Via;

/// Every transaction that is not over, by what its messages are matched by (RFC 3261 §17.1.3 and
/// §17.2.3).
final class Transactions {
    private static final int MOST = 50_000;

    private final Desk desk;
    private final Map<String, ClientTransaction> clients = new LinkedHashMap<>();
    private final Map<String, ServerTransaction> servers = new LinkedHashMap<>();
    private final Set<String> requests = new HashSet<>();

    Transactions(Desk desk) {
        this.desk = desk;
    }

    /// Sends a request in a transaction of its own.
    ///
    /// @param draft whole but for its Via
    ClientTransaction send(Instant at, Draft draft, Destination to, ClientTransaction.User user) {
        var branch = desk.tokens.branch();
        var local = desk.setup.local(to.transport(), to.remote());
        return send(at, draft.onTop("Via", local.via(branch)).message(), branch, to, user);
    }

    /// Sends a CANCEL: on the branch of its INVITE, the same way.
    void cancel(Instant at, ClientTransaction invite) {
        var request = Acks.cancel(invite.request());
        var _ = send(at, request, invite.branch(), invite.to(), new Ignoring());
    }

    private ClientTransaction send(
            Instant at,
            SipMessage request,
            String branch,
            Destination to,
            ClientTransaction.User user) {
        var made = new ClientTransaction(desk, this, at, request, branch, to, user);
        clients.put(key(made), made);
        made.start(at);
        return made;
    }

    /// Sends what has no transaction: an ACK of a 2xx.
    ///
    /// @return the octets and where they went, for sending them again
    Output.Send ack(Draft draft, Destination to) {
        var local = desk.setup.local(to.transport(), to.remote());
        var message = draft.onTop("Via", local.via(desk.tokens.branch())).message();
        desk.send(to, message.bytes(), (_, _) -> {});
        return new Output.Send(0, to, message.bytes());
    }

    /// The client transaction that this response belongs to: branch of the first Via and method of
    /// the CSeq.
    Optional<ClientTransaction> clientOf(SipMessage response) {
        var branch = Via.branchOf(topVia(response)).text();
        return Optional.ofNullable(clients.get(branch + " " + response.method()));
    }

    Optional<ServerTransaction> serverOf(SipMessage request) {
        var method = request.method().equals(Methods.ACK) ? Methods.INVITE : request.method();
        return Optional.ofNullable(servers.get(key(request, method)));
    }

    /// The INVITE that a CANCEL is for.
    Optional<ServerTransaction> cancelled(SipMessage cancel) {
        return Optional.ofNullable(servers.get(key(cancel, Methods.INVITE)));
    }

    /// @return empty if there are too many
    Optional<ServerTransaction> receive(Received received) {
        if (servers.size() >= MOST) return Optional.empty();
        var request = received.message();
        var key = key(request, request.method());
        var made = new ServerTransaction(desk, this, key, tag(request), received);
        servers.put(made.key(), made);
        requests.add(identity(request));
        return Optional.of(made);
    }

    /// A CANCEL is answered with the tag of its INVITE (RFC 3261 §9.2).
    private String tag(SipMessage request) {
        var said = Copies.toTag(request);
        if (!said.isEmpty()) return said;
        var invite =
                request.method().equals(Methods.CANCEL)
                        ? cancelled(request)
                        : Optional.<ServerTransaction>empty();
        return invite.map(ServerTransaction::tag).orElseGet(desk.tokens::tag);
    }

    /// Whether the same request is here already, over another way (RFC 3261 §8.2.2.2).
    boolean isMerged(SipMessage request) {
        return Copies.toTag(request).isEmpty() && requests.contains(identity(request));
    }

    void lost(Instant at, Flow flow, TransportError error) {
        for (var client : List.copyOf(clients.values())) {
            if (client.to().uses(flow)) client.failed(at, error);
        }
    }

    void remove(ClientTransaction over) {
        clients.remove(key(over), over);
    }

    void remove(ServerTransaction over) {
        servers.remove(over.key(), over);
        requests.remove(identity(over.request()));
    }

    int open() {
        return clients.size() + servers.size();
    }

    private static String key(ClientTransaction client) {
        return client.branch() + " " + client.request().method();
    }

    /// Branch, sent-by and method; of an element that knows no branch, all that RFC 2543 compared.
    private static String key(SipMessage request, String method) {
        var via = request.first(Via.KIND).optional();
        var branch = via.flatMap(Via::branch).map(Object::toString).orElse("");
        var sentBy = via.map(Via::sentBy).orElse("");
        if (branch.startsWith(Via.MAGIC)) return branch + " " + sentBy + " " + method;
        return String.join(
                " ",
                Copies.uri(request),
                Copies.fromTag(request),
                Copies.callId(request),
                number(request),
                sentBy,
                method);
    }

    private static String identity(SipMessage request) {
        return String.join(
                " ",
                Copies.callId(request),
                Copies.fromTag(request),
                number(request),
                request.method());
    }

    private static String number(SipMessage request) {
        return request.first(CSeq.KIND).optional().map(cseq -> cseq.number() + "").orElse("");
    }

    private static referee.sip.Slice topVia(SipMessage message) {
        return message.raw(HeaderName.VIA).orElse(referee.sip.Slice.EMPTY);
    }

    /// Nobody waits for the answer to a CANCEL: the INVITE's own answer tells.
    private static final class Ignoring implements ClientTransaction.User {
        @Override
        public void response(Instant at, SipMessage response, Flow flow) {}

        @Override
        public void timedOut(Instant at) {}

        @Override
        public void unreachable(Instant at, TransportError error) {}
    }
}
