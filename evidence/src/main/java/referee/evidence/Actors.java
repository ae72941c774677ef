// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import referee.sip.Slice;
import referee.sip.Transport;

/// Who takes part in a trace, declared or not.
final class Actors {
    private static final int MOST = 10_000;
    private static final int LAST_FREE = 254;

    /// @param name as it stands in its URIs
    /// @param endpoint where its packets come from
    /// @param transport what it sends over
    /// @param writes what it takes for its own address and writes into Via, Contact and SDP
    record Actor(String name, Endpoint endpoint, Transport transport, Endpoint writes) {
        /// As in a URI: an IPv6 address with its brackets.
        String host() {
            return inUri(endpoint);
        }

        /// Such as `192.0.2.10:5060`, as it stands in a Via.
        String sentBy() {
            return writes.toString();
        }

        String uri() {
            return "sip:" + name + "@" + host();
        }

        String contact() {
            var transportParam =
                    transport == Transport.UDP ? "" : ";transport=" + transport.parameter();
            return "<sip:" + name + "@" + sentBy() + transportParam + ">";
        }

        private static String inUri(Endpoint endpoint) {
            return new Endpoint(endpoint.host(), 1).toString().replaceFirst(":1$", "");
        }
    }

    private final Map<String, Actor> byName = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int next = 1;

    void declare(TraceLine.ActorLine line) throws TraceError {
        if (byName.containsKey(line.name()))
            throw new TraceError("actor '" + line.name() + "' is there already");
        var transport =
                Transport.of(Slice.of(line.transport()))
                        .orElseThrow(() ->
                                new TraceError(
                                        "expected udp, tcp, tls, ws, wss or sctp, and found '"
                                                + line.transport()
                                                + "'"));
        var usual = transport == Transport.TLS ? 5061 : 5060;
        var endpoint = Addresses.read(line.address(), usual);
        var writes = line.writes().isEmpty() ? endpoint : Addresses.read(line.writes(), usual);
        put(line.name(), new Actor(line.name(), endpoint, transport, writes));
    }

    /// The actor of this name or address; a name met for the first time gets the next free address.
    Actor of(String who) throws TraceError {
        var known = byName.get(who);
        if (known != null) return known;
        if (TraceGrammar.isName(who)) {
            while (taken.contains("192.0.2." + next)) next++;
            if (next > LAST_FREE)
                throw new TraceError("too many actors without an address: declare them");
            return put(who, plain(who, new Endpoint("192.0.2." + next, 5060)));
        }
        var endpoint = Addresses.read(who, 5060);
        if (taken.size() < MOST) taken.add(endpoint.host());
        return plain("user", endpoint);
    }

    /// The name of each address; the first one where several share it.
    Map<Endpoint, String> names() {
        var names = new LinkedHashMap<Endpoint, String>();
        for (var actor : byName.values()) names.putIfAbsent(actor.endpoint(), actor.name());
        return names;
    }

    private static Actor plain(String name, Endpoint endpoint) {
        return new Actor(name, endpoint, Transport.UDP, endpoint);
    }

    private Actor put(String key, Actor actor) throws TraceError {
        if (byName.size() >= MOST) throw new TraceError("more than " + MOST + " actors");
        byName.put(key, actor);
        taken.add(actor.endpoint().host());
        return actor;
    }
}
