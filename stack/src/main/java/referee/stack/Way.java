// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;
import java.util.Optional;
import referee.sip.NameAddr;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;

/// Where a request is to go: over a flow that is known, or to the targets of a URI.
///
/// @param flow tried first
/// @param hop the next hop (RFC 3261 §8.1.2)
record Way(Optional<Flow> flow, Optional<Uri> hop) {
    static Way over(Flow flow) {
        return new Way(Optional.of(flow), Optional.empty());
    }

    /// To its first Route, or else its Request-URI.
    static Way of(Draft draft) {
        var route = draft.value("Route").flatMap(Way::routeUri);
        return new Way(Optional.empty(), route.or(() -> read(draft.uri())));
    }

    Way first(Flow first) {
        return new Way(Optional.of(first), hop);
    }

    private static Optional<Uri> routeUri(String value) {
        var open = value.indexOf('<');
        var close = value.indexOf('>', open + 1);
        return open < 0 || close < 0 ? Optional.empty() : read(value.substring(open + 1, close));
    }

    /// Whether it can stand in a start line or between brackets: what a peer calls a URI may hold
    /// anything.
    static boolean isWritable(String uri) {
        return !uri.isEmpty()
                && uri.chars().allMatch(c -> c > ' ' && c != '<' && c != '>' && c != 0x7f);
    }

    static Optional<Uri> read(String text) {
        return Uri.read(Slice.of(text)).optional();
    }

    /// The one target of a URI with numbers for a host (RFC 3263 §4.1 and §4.2); empty if its name
    /// has to be looked up.
    static Optional<Target> literal(SipUri sip, Setup setup) {
        var host = sip.params().text("maddr").orElse(sip.host().text());
        if (!isNumeric(host)) return Optional.empty();
        var transport = transport(sip, setup);
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var port = sip.port() == 0 ? defaultPort(transport) : sip.port();
        return Optional.of(new Target(transport, new Endpoint(bare, port), bare));
    }

    private static Transport transport(SipUri sip, Setup setup) {
        var said = sip.params().get("transport").flatMap(param -> Transport.of(param.value()));
        var web = said.filter(one -> one == Transport.WS || one == Transport.WSS).isPresent();
        if (sip.secure()) return web ? Transport.WSS : Transport.TLS;
        var only = setup.speaks(Transport.WSS) && !setup.speaks(Transport.WS);
        return web && only ? Transport.WSS : said.orElse(Transport.UDP);
    }

    private static int defaultPort(Transport transport) {
        return switch (transport) {
            case UDP, TCP, SCTP -> 5060;
            case TLS -> 5061;
            case WS -> 80;
            case WSS -> 443;
        };
    }

    private static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /// The next hop if it is one that can be looked for: a SIP URI, and none of the names that lead
    /// nowhere, as WebSocket clients use them (RFC 7118 appendix B.1).
    Optional<SipUri> named() {
        return hop.filter(uri -> uri instanceof SipUri && !isInvalid(uri)).map(SipUri.class::cast);
    }

    private static boolean isInvalid(Uri uri) {
        return uri instanceof SipUri sip
                && sip.host().text().toLowerCase(java.util.Locale.ROOT).endsWith(".invalid");
    }

    /// A datagram this large may not get through: first by TCP, then as it was (RFC 3261 §18.1.1).
    static List<Target> roomy(List<Target> targets, int octets, boolean tcp) {
        if (octets <= LARGEST_DATAGRAM || !tcp) return targets;
        return targets.stream()
                .flatMap(target ->
                        target.transport() == Transport.UDP
                                ? List.of(
                                        new Target(Transport.TCP, target.address(), target.name()),
                                        target)
                                        .stream()
                                : List.of(target).stream())
                .toList();
    }

    private static final int LARGEST_DATAGRAM = 1300;

    /// The text inside the angle brackets of a route.
    static String routeOf(NameAddr address) {
        return "<" + address.uri().text().text() + ">";
    }
}
