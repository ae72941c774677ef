// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// One TCP connection: two flows, each of which learns from the other's acknowledgements.
final class TcpStream {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private final TcpFlow forward;
    private final TcpFlow backward;

    TcpStream(Connection ends, Streams streams) {
        var tls = new TlsSession(streams.secrets());
        forward = new TcpFlow(new Way(ends, true, streams.endpoints()), streams, tls);
        backward = new TcpFlow(new Way(ends, false, streams.endpoints()), streams, tls);
    }

    /// @param packet stands at the segment's content
    /// @param header where the TCP header lies
    void segment(Packet packet, int header) {
        var isForward = Connection.isForward(packet);
        var flow = isForward ? forward : backward;
        var other = isForward ? backward : forward;
        var bytes = packet.bytes;
        var flags = bytes[header + 13];
        if ((flags & RST) != 0) {
            end();
            return;
        }
        if ((flags & ACK) != 0) other.acknowledged(Octets.i32(bytes, header + 8));
        flow.segment(packet, Octets.i32(bytes, header + 4), (flags & SYN) != 0, (flags & FIN) != 0);
    }

    /// How many octets wait for others.
    int held() {
        return forward.held() + backward.held();
    }

    /// Nothing more will come.
    void end() {
        forward.end();
        backward.end();
    }

    /// There is no room for this connection.
    void letGo() {
        forward.letGo();
        backward.letGo();
    }
}
