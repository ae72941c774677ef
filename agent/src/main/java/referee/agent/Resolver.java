// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.stack.Endpoint;
import referee.stack.Target;

/// Where a URI leads to (RFC 3263 §4): transports by NAPTR, ports and hosts by SRV, addresses by A
/// and AAAA, all in the order in which they are to be tried.
public final class Resolver {
    private static final int MOST = 32;

    private final Dns dns;
    private final Set<Transport> spoken;
    private final RandomGenerator random;

    /// @param spoken the transports we have
    /// @param random chooses among SRV records by their weight (RFC 2782)
    public Resolver(Dns dns, Set<Transport> spoken, RandomGenerator random) {
        this.dns = dns;
        this.spoken = Set.copyOf(spoken);
        this.random = random;
    }

    /// @return best first; empty if the name leads nowhere, or only by transports we do not have
    /// @throws IOException if no name server answers
    public List<Target> targets(Uri uri) throws IOException {
        if (!(uri instanceof SipUri sip)) return List.of();
        var asked = sip.params().text("transport").flatMap(word -> Transport.of(Slice.of(word)));
        if (asked.isEmpty() && sip.params().has("transport")) return List.of();
        var host = sip.params().text("maddr").orElse(sip.host().text());
        var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var explicit = asked.map(one -> secured(one, sip.secure() || isOnlySecure(one)));
        if (explicit.isPresent() && !spoken.contains(explicit.get())) return List.of();
        var found = find(sip, name, explicit);
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private List<Target> find(SipUri sip, String name, Optional<Transport> explicit)
            throws IOException {
        var usual = sip.secure() ? Transport.TLS : Transport.UDP;
        if (isNumeric(name) || sip.port() != 0) {
            var transport = explicit.orElseGet(() -> spoken.contains(usual) ? usual : first(sip));
            var port = sip.port() != 0 ? sip.port() : port(transport);
            return addresses(transport, name, port, sip.host().text());
        }
        if (explicit.isPresent()) return service(explicit.get(), name);
        var chosen = byNaptr(sip, name);
        if (chosen.isEmpty()) chosen = bySrv(sip, name);
        if (!chosen.isEmpty()) return chosen;
        var transport = spoken.contains(usual) ? usual : first(sip);
        return addresses(transport, name, port(transport), name);
    }

    private Transport first(SipUri sip) {
        return preferred(sip.secure()).stream()
                .filter(spoken::contains)
                .findFirst()
                .orElse(sip.secure() ? Transport.TLS : Transport.UDP);
    }

    /// RFC 3263 §4.1: for SIPS only what is TLS all the way.
    private static List<Transport> preferred(boolean secure) {
        return secure
                ? List.of(Transport.TLS, Transport.WSS)
                : List.of(Transport.UDP, Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS);
    }

    private List<Target> byNaptr(SipUri sip, String name) throws IOException {
        var targets = new ArrayList<Target>();
        var records =
                dns.naptr(name).stream()
                        .sorted(
                                Comparator.comparingInt(Dns.Naptr::order)
                                        .thenComparingInt(Dns.Naptr::preference))
                        .toList();
        for (var record : records) {
            var transport = transport(record.service());
            if (transport.filter(spoken::contains).isEmpty()) continue;
            if (sip.secure() && !isSecure(transport.get())) continue;
            if (!record.flags().equalsIgnoreCase("s")) continue;
            for (var srv : ordered(dns.srv(record.replacement())))
                targets.addAll(addresses(transport.get(), srv.host(), srv.port(), name));
        }
        return targets;
    }

    private List<Target> bySrv(SipUri sip, String name) throws IOException {
        var targets = new ArrayList<Target>();
        for (var transport : preferred(sip.secure())) {
            if (!spoken.contains(transport)) continue;
            for (var srv : ordered(dns.srv(prefix(transport) + name)))
                targets.addAll(addresses(transport, srv.host(), srv.port(), name));
        }
        return targets;
    }

    private List<Target> service(Transport transport, String name) throws IOException {
        var targets = new ArrayList<Target>();
        for (var srv : ordered(dns.srv(prefix(transport) + name)))
            targets.addAll(addresses(transport, srv.host(), srv.port(), name));
        return targets.isEmpty() ? addresses(transport, name, port(transport), name) : targets;
    }

    private List<Target> addresses(Transport transport, String host, int port, String name)
            throws IOException {
        var numbers = isNumeric(host) ? List.of(host) : dns.addresses(host);
        return numbers.stream()
                .map(address -> new Target(transport, new Endpoint(address, port), plain(name)))
                .toList();
    }

    private static String plain(String name) {
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /// By priority, and within one at random, weighted (RFC 2782).
    private List<Dns.Srv> ordered(List<Dns.Srv> records) {
        var left = new ArrayList<>(records);
        var ordered = new ArrayList<Dns.Srv>();
        left.removeIf(one -> one.host().isEmpty() || one.host().equals("."));
        while (!left.isEmpty()) {
            var best = left.stream().mapToInt(Dns.Srv::priority).min().orElseThrow();
            var group = left.stream().filter(one -> one.priority() == best).toList();
            var chosen = weighted(group);
            ordered.add(chosen);
            left.remove(chosen);
        }
        return ordered;
    }

    private Dns.Srv weighted(List<Dns.Srv> group) {
        var total = group.stream().mapToInt(Dns.Srv::weight).sum();
        var mark = total == 0 ? 0 : random.nextInt(total + 1);
        for (var one : group) {
            mark -= one.weight();
            if (mark <= 0) return one;
        }
        return group.getLast();
    }

    private static Optional<Transport> transport(String service) {
        return switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(Transport.UDP);
            case "SIP+D2T" -> Optional.of(Transport.TCP);
            case "SIPS+D2T" -> Optional.of(Transport.TLS);
            case "SIP+D2W" -> Optional.of(Transport.WS);
            case "SIPS+D2W" -> Optional.of(Transport.WSS);
            default -> Optional.empty();
        };
    }

    private static String prefix(Transport transport) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
            case WS -> "_sip._ws.";
            case WSS -> "_sips._ws.";
            case SCTP -> "_sip._sctp.";
        };
    }

    private static int port(Transport transport) {
        return switch (transport) {
            case UDP, TCP, SCTP -> 5060;
            case TLS -> 5061;
            case WS -> 80;
            case WSS -> 443;
        };
    }

    private static Transport secured(Transport transport, boolean secure) {
        if (!secure) return transport;
        return switch (transport) {
            case TCP -> Transport.TLS;
            case WS -> Transport.WSS;
            default -> transport;
        };
    }

    /// `ws` names WebSocket with TLS and without.
    private boolean isOnlySecure(Transport asked) {
        return asked == Transport.WS && !spoken.contains(asked) && spoken.contains(Transport.WSS);
    }

    private static boolean isSecure(Transport transport) {
        return transport == Transport.TLS || transport == Transport.WSS;
    }

    private static boolean isNumeric(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
    }
}
