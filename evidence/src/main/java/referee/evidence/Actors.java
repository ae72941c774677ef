// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import referee.sip.Slice;
import referee.sip.Transport;

/// Who takes part in a trace, declared or not.
final class Actors {
    private static final int MOST = 10_000;

    /// @param host as in a URI: an IPv6 address with its brackets
    record Actor(String name, String host, Endpoint endpoint, Transport transport) {
        /// Such as `192.0.2.10:5060`, as it stands in a Via.
        String sentBy() {
            return endpoint.toString();
        }

        String uri() {
            return "sip:" + name + "@" + host;
        }

        String contact() {
            var transportParam = transport == Transport.UDP ? "" : ";transport=" + transport.word();
            return "<sip:" + name + "@" + sentBy() + transportParam + ">";
        }
    }

    private final Map<String, Actor> byName = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int next = 1;

    void declare(String name, String address, String transportWord) throws TraceError {
        var transport =
                Transport.of(Slice.of(transportWord))
                        .orElseThrow(
                                () -> new TraceError("unknown transport '" + transportWord + "'"));
        var endpoint = endpoint(address, transport == Transport.TLS ? 5061 : 5060);
        put(name, endpoint, transport);
    }

    /// The actor of this name or address; a name met for the first time gets the next free address.
    Actor of(String who) throws TraceError {
        var known = byName.get(who);
        if (known != null) return known;
        if (isAddress(who)) return put(who, endpoint(who, 5060), Transport.UDP);
        while (taken.contains("192.0.2." + next)) next++;
        if (next > 254) throw new TraceError("too many actors without an address: declare them");
        return put(who, new Endpoint("192.0.2." + next, 5060), Transport.UDP);
    }

    private Actor put(String name, Endpoint endpoint, Transport transport) throws TraceError {
        if (byName.size() >= MOST) throw new TraceError("more than " + MOST + " actors");
        var host =
                endpoint.host().indexOf(':') >= 0 ? "[" + endpoint.host() + "]" : endpoint.host();
        var user = isAddress(name) ? "user" : name;
        var actor = new Actor(user, host, endpoint, transport);
        byName.put(name, actor);
        taken.add(endpoint.host());
        return actor;
    }

    private static boolean isAddress(String who) {
        var first = who.charAt(0);
        return first == '[' || first >= '0' && first <= '9';
    }

    private static Endpoint endpoint(String address, int usual) throws TraceError {
        var close = address.indexOf(']');
        var colon = address.indexOf(':', Math.max(0, close));
        var host = colon < 0 ? address : address.substring(0, colon);
        if (host.startsWith("[") && close > 0)
            host = host.substring(1, close).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || host.length() > 64)
            throw new TraceError("expected ADDRESS[:PORT], and found '" + address + "'");
        try {
            var port = colon < 0 ? usual : Integer.parseInt(address.substring(colon + 1));
            if (port < 0 || port > 65535)
                throw new TraceError("port out of range in '" + address + "'");
            return new Endpoint(host, port);
        } catch (NumberFormatException e) {
            throw new TraceError("expected ADDRESS[:PORT], and found '" + address + "'");
        }
    }
}
