// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/// The connections with SIP over TLS that could not be read, counted by who speaks to whom.
final class SealedConnections {
    private static final int MOST = 1000;
    private static final int MOST_TOLD = 20;
    private static final int SIPS = 5061;

    private record Pair(String client, Endpoint server, String why) {}

    private static final class Count {
        private long frame;
        private long connections;
        private String name = "";
    }

    private final Tally tally;
    private final Map<Pair, Count> pairs = new LinkedHashMap<>();
    private long more;

    SealedConnections(Tally tally) {
        this.tally = tally;
    }

    /// Counts a connection if it looks like one with SIP, by its port, or by the name or protocol
    /// that its hello tells.
    void add(Endpoint client, Endpoint server, TlsSession session, String why, long frame) {
        if (server.port() != SIPS && !session.namesSip()) return;
        var pair = new Pair(client.host(), server, why);
        var count = pairs.get(pair);
        if (count == null) {
            if (pairs.size() == MOST) {
                more++;
                return;
            }
            count = new Count();
            count.frame = frame;
            pairs.put(pair, count);
        }
        count.connections++;
        if (count.name.isEmpty()) count.name = session.name();
    }

    void end() {
        var told = 0;
        for (var pair : pairs.entrySet()) {
            if (told++ < MOST_TOLD) tell(pair.getKey(), pair.getValue());
            else more += pair.getValue().connections;
        }
        if (more > 0)
            tally.missed(Gap.Kind.ENCRYPTED, 0, "SIP over TLS: " + more + " connections more");
    }

    private void tell(Pair pair, Count count) {
        var what = count.connections == 1 ? "1 connection" : count.connections + " connections";
        // as a URI, which redaction knows for a name
        var name = count.name.isEmpty() ? "" : " (sips:" + count.name + ")";
        tally.missed(
                Gap.Kind.ENCRYPTED,
                count.frame,
                "SIP over TLS, %s: %s between %s and %s%s"
                        .formatted(pair.why, what, pair.client, pair.server, name));
    }
}
