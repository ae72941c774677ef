// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/// TCP (RFC 9293 §3.1): sorts segments into connections, and keeps those within bounds.
///
/// The connection that was silent for longest goes first when there are too many, or when too many
/// octets wait for others. A connection stays known after its end, since segments may be sent
/// again.
final class TcpStreams {
    static final int MAX_STREAMS = 1 << 15;
    static final int MAX_HELD = 64 << 20;

    private static final int HEADER = 20;

    private final Tally tally;
    private final SealedConnections sealed;
    private final Streams shared;
    private final Map<Connection, TcpStream> streams = new LinkedHashMap<>(64, 0.75f, true);
    private final Unread cut = new Unread();
    private long held;

    TcpStreams(Tally tally, Endpoints endpoints, HepReports reports, TlsSecrets secrets) {
        this.tally = tally;
        this.sealed = new SealedConnections(tally);
        this.shared =
                new Streams(tally, endpoints, reports, secrets, sealed, cut, new Inflations());
    }

    /// @param packet stands at the TCP header
    void read(Packet packet) {
        var bytes = packet.bytes;
        var at = packet.from;
        if (packet.length() < HEADER) {
            if (packet.missing > 0) cut.add(packet.frame);
            return;
        }
        var header = (bytes[at + 12] >> 4 & 0x0f) * 4;
        if (header < HEADER) return;
        packet.sourcePort = Octets.u16(bytes, at);
        packet.targetPort = Octets.u16(bytes, at + 2);
        if (header > packet.length()) packet.missing -= header - packet.length();
        packet.from = Math.min(packet.to, at + header);
        if (packet.missing < 0) return;
        var stream = stream(packet);
        var before = stream.held();
        stream.segment(packet, at);
        held += stream.held() - before;
        if (held > MAX_HELD) letGo();
    }

    private TcpStream stream(Packet packet) {
        var connection = Connection.of(packet);
        var known = streams.get(connection);
        if (known != null) return known;
        if (streams.size() == MAX_STREAMS) dropEldest();
        var stream = new TcpStream(connection, shared);
        streams.put(connection, stream);
        return stream;
    }

    private void letGo() {
        while (held > MAX_HELD && !streams.isEmpty()) dropEldest();
    }

    private void dropEldest() {
        var values = streams.values().iterator();
        var eldest = values.next();
        values.remove();
        held -= eldest.held();
        eldest.letGo();
    }

    void end() {
        for (var stream : streams.values()) stream.end();
        streams.clear();
        sealed.end();
        cut.tell(tally, Gap.Kind.SNAPLEN, "TCP cut off before its content");
    }
}
