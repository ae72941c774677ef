// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.sip.Transport;

/// Which sockets an agent has.
///
/// @param listening where it can be reached; a port of 0 lets the kernel choose. WebSocket is
///   listened for here; to be a WebSocket client takes none
/// @param tls of TLS and WSS
/// @param path of the WebSockets that are opened
/// @param perPeer whether each peer over UDP gets a socket of its own at the same port, which is
///   told of ICMP errors: for clients, which have few
/// @param patience how long a connection may take to open
public record Wiring(
        List<Listening> listening, Tls tls, String path, boolean perPeer, Duration patience) {
    /// @param transport any but SCTP
    public record Listening(Transport transport, InetSocketAddress address) {}

    public Wiring {
        listening = List.copyOf(listening);
    }

    public static Wiring none() {
        return new Wiring(List.of(), Tls.DEFAULT, "/", false, Duration.ofSeconds(10));
    }

    public Wiring listen(Transport transport, InetSocketAddress address) {
        var more = new ArrayList<>(listening);
        more.add(new Listening(transport, address));
        return new Wiring(more, tls, path, perPeer, patience);
    }

    public Wiring tls(Tls other) {
        return new Wiring(listening, other, path, perPeer, patience);
    }

    public Wiring path(String other) {
        return new Wiring(listening, tls, other, perPeer, patience);
    }

    public Wiring socketPerPeer() {
        return new Wiring(listening, tls, path, true, patience);
    }

    public Wiring patience(Duration other) {
        return new Wiring(listening, tls, path, perPeer, other);
    }
}
