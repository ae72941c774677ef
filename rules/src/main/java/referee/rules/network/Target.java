// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.util.Locale;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.sip.Contact;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.StartLine;
import referee.sip.Transport;
import referee.sip.Uri;

/// Where a SIP URI points.
///
/// @param user unescaped; empty if there is none
/// @param host in lower case, IPv6 without brackets
/// @param port as written, or else the usual one of its scheme and transport (RFC 3261 §19.1.2)
/// @param isPortWritten whether the port stands in the URI
/// @param transport of its `transport` parameter
/// @param text as written
record Target(
        boolean secure,
        String user,
        String host,
        int port,
        boolean isPortWritten,
        Optional<Transport> transport,
        String text) {

    static Optional<Target> of(Uri uri) {
        if (!(uri instanceof SipUri sip)) return Optional.empty();
        var transport = sip.params().get("transport").flatMap(one -> Transport.of(one.value()));
        var host = sip.host().text().toLowerCase(Locale.ROOT);
        return Optional.of(
                new Target(
                        sip.secure(),
                        sip.userText(),
                        host.replace("[", "").replace("]", ""),
                        sip.port() == 0 ? usual(sip.secure(), transport) : sip.port(),
                        sip.port() != 0,
                        transport,
                        sip.toString()));
    }

    /// The Contact of a message that has one Contact and a SIP URI in it.
    static Optional<Target> ofContact(SipMessage message) {
        var all = message.all(Contact.KIND);
        if (all.size() != 1) return Optional.empty();
        return all.getFirst()
                .optional()
                .flatMap(Contact::address)
                .flatMap(address -> of(address.uri()));
    }

    /// The Request-URI.
    static Optional<Target> ofRequest(SipMessage message) {
        return message.start() instanceof StartLine.Request request
                ? Uri.read(request.uri()).optional().flatMap(Target::of)
                : Optional.empty();
    }

    Reach reach() {
        return Reach.of(host);
    }

    /// What a request to it travels over where neither DNS nor an open connection says otherwise
    /// (RFC 3263 §4.1).
    Transport way() {
        return transport.orElse(secure ? Transport.TLS : Transport.UDP);
    }

    boolean isAt(Endpoint place) {
        return host.equals(place.host()) && port == place.port();
    }

    boolean isSamePlace(Target other) {
        return host.equals(other.host) && port == other.port;
    }

    /// Whether both point to places that are certainly two. IPv6 addresses may be one, written
    /// twice.
    boolean isElsewhere(Target other) {
        var v6 = host.indexOf(':') >= 0 && other.host.indexOf(':') >= 0;
        return !isSamePlace(other) && !(v6 && port == other.port);
    }

    private static int usual(boolean secure, Optional<Transport> transport) {
        return switch (transport.orElse(Transport.UDP)) {
            case TLS -> 5061;
            case WS -> 80;
            case WSS -> 443;
            case UDP, TCP, SCTP -> secure ? 5061 : 5060;
        };
    }
}
