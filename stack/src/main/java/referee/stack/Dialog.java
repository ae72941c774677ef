// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.CSeq;
import referee.sip.Contact;
import referee.sip.HeaderName;
import referee.sip.RecordRoute;
import referee.sip.SipMessage;
import referee.sip.SipUri;

/// A dialog: what its requests are made of, and what uses it (RFC 3261 §12, RFC 6665 §4.5.2).
final class Dialog {
    private final String callId;
    private final String localTag;
    private final String remoteTag;
    private final String local;
    private final String remote;
    private final CSeqs cseqs;
    private List<String> routes;
    private String target;
    private Flow flow;
    private long remoteCSeq;
    private Optional<Call> call = Optional.empty();
    private boolean hadCall;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Notifier> notifiers = new ArrayList<>();

    private Dialog(
            String callId,
            String localTag,
            String remoteTag,
            String local,
            String remote,
            CSeqs cseqs,
            List<String> routes,
            String target,
            Flow flow,
            long remoteCSeq) {
        this.callId = callId;
        this.localTag = localTag;
        this.remoteTag = remoteTag;
        this.local = local;
        this.remote = remote;
        this.cseqs = cseqs;
        this.routes = routes;
        this.target = target;
        this.flow = flow;
        this.remoteCSeq = remoteCSeq;
    }

    /// As a response to a request of ours makes it (RFC 3261 §12.1.2): routes in reverse.
    static Dialog ofClient(SipMessage request, SipMessage response, CSeqs cseqs, Flow flow) {
        return new Dialog(
                Copies.callId(request),
                Copies.fromTag(request),
                Copies.toTag(response),
                Copies.value(request, HeaderName.FROM),
                Copies.value(response, HeaderName.TO),
                cseqs,
                routes(response).reversed(),
                contact(response).orElse(Copies.uri(request)),
                flow,
                -1);
    }

    /// As a request of the peer makes it (RFC 3261 §12.1.1).
    ///
    /// @param cseqs ours, where the peer's request came under a Call-ID of ours
    static Dialog ofServer(SipMessage request, String tag, CSeqs cseqs, Flow flow) {
        var to = Copies.value(request, HeaderName.TO);
        return new Dialog(
                Copies.callId(request),
                tag,
                Copies.fromTag(request),
                Copies.toTag(request).isEmpty() ? to + ";tag=" + tag : to,
                Copies.value(request, HeaderName.FROM),
                cseqs,
                routes(request),
                contact(request).orElse(uriOf(Copies.value(request, HeaderName.FROM))),
                flow,
                numberOf(request));
    }

    static String key(String callId, String localTag, String remoteTag) {
        return callId + " " + localTag + " " + remoteTag;
    }

    String key() {
        return key(callId, localTag, remoteTag);
    }

    String callId() {
        return callId;
    }

    String localTag() {
        return localTag;
    }

    String remoteTag() {
        return remoteTag;
    }

    /// The URI of the peer's Contact, as written.
    String target() {
        return target;
    }

    /// Whether the peer's Contact can be reached from outside the dialog (RFC 5627 §3.3).
    boolean isToGruu() {
        return Way.read(target)
                .filter(uri -> uri instanceof SipUri sip && sip.params().has("gr"))
                .isPresent();
    }

    Flow flow() {
        return flow;
    }

    CSeqs cseqs() {
        return cseqs;
    }

    /// Takes the Contact of a request or 2xx that refreshes the target (RFC 3261 §12.2).
    void refreshTarget(SipMessage message) {
        target = contact(message).orElse(target);
    }

    /// The routes of the 2xx stand, whatever a provisional response has said (RFC 3261 §13.2.2.4).
    void confirm(SipMessage response) {
        routes = routes(response).reversed();
        refreshTarget(response);
    }

    void cameOver(Flow latest) {
        flow = latest;
    }

    /// Whether a request of the peer is older than one before (RFC 3261 §12.2.2). Takes its number.
    boolean isOutOfOrder(SipMessage request) {
        var number = numberOf(request);
        if (number < remoteCSeq) return true;
        remoteCSeq = number;
        return false;
    }

    /// A request of ours, whole but for CSeq, Via, Contact and credentials.
    Draft request(String method, String product) {
        var strict = !routes.isEmpty() && !isLoose(routes.getFirst());
        var draft = Draft.request(method, strict ? inside(routes.getFirst()) : target);
        var left = new ArrayList<>(strict ? routes.subList(1, routes.size()) : routes);
        if (strict) left.add("<" + target + ">");
        for (var route : left) draft = draft.with("Route", route);
        return draft.with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("User-Agent", product);
    }

    /// Over the flow the dialog lives on if it is a connection, or if told to; else to the next
    /// hop.
    Way way(Draft draft, boolean symmetric) {
        var way = Way.of(draft);
        var same = flow.transport().isReliable() || symmetric && routes.isEmpty();
        return same ? way.first(flow) : way;
    }

    /// Whether there is or was a call in it.
    boolean hadCall() {
        return hadCall;
    }

    Optional<Call> call() {
        return call;
    }

    void call(Optional<Call> other) {
        hadCall |= other.isPresent();
        call = other;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    List<Notifier> notifiers() {
        return notifiers;
    }

    boolean isUsed() {
        return call.isPresent()
                || subscriptions.stream().anyMatch(one -> !one.isOver())
                || notifiers.stream().anyMatch(one -> !one.isOver());
    }

    /// Without headers and parameters that To must not have (RFC 3261 table 1).
    static String bare(String uri) {
        var read = Way.read(uri);
        return read.isPresent() && read.get() instanceof SipUri sip ? sip.address() : uri;
    }

    static String loose(String uri) {
        return uri.contains(";lr") ? uri : uri + ";lr";
    }

    private static boolean isLoose(String route) {
        return Way.read(inside(route))
                .filter(uri -> uri instanceof SipUri sip && sip.params().has("lr"))
                .isPresent();
    }

    private static String inside(String bracketed) {
        return bracketed.substring(1, bracketed.length() - 1);
    }

    private static List<String> routes(SipMessage message) {
        return message.values(RecordRoute.KIND).stream()
                .filter(route -> Way.isWritable(route.address().uri().text().text()))
                .map(route -> Way.routeOf(route.address()))
                .toList();
    }

    private static Optional<String> contact(SipMessage message) {
        return message.first(Contact.KIND)
                .optional()
                .flatMap(Contact::address)
                .map(address -> address.uri().text().text())
                .filter(Way::isWritable);
    }

    /// Whom a header names; an address that leads nowhere where that cannot be read.
    private static String uriOf(String value) {
        var open = value.indexOf('<');
        var close = value.indexOf('>', open + 1);
        var uri =
                open < 0 || close < 0
                        ? value.split(";", 2)[0].trim()
                        : value.substring(open + 1, close);
        return Way.isWritable(uri) ? uri : "sip:unknown.invalid";
    }

    private static long numberOf(SipMessage request) {
        return request.first(CSeq.KIND).optional().map(CSeq::number).orElse(-1L);
    }
}
