// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
/// @param stall how long a message may take to come whole over a connection, and the first message
///   over one that somebody else opened
/// @param mostLinks how many connections there may be at a time; further ones are closed at once
/// @param certificates told of those that servers show, on whatever thread opens the connection
public record Wiring(
        List<Listening> listening,
        Tls tls,
        String path,
        boolean perPeer,
        Duration patience,
        Duration stall,
        int mostLinks,
        Consumer<List<X509Certificate>> certificates) {
    private static final int MOST_LINKS = 10_000;

    /// @param transport any but SCTP
    public record Listening(Transport transport, InetSocketAddress address) {}

    public Wiring {
        listening = List.copyOf(listening);
    }

    public static Wiring none() {
        return new Wiring(
                List.of(),
                Tls.DEFAULT,
                "/",
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(32),
                MOST_LINKS,
                _ -> {});
    }

    public Wiring listen(Transport transport, InetSocketAddress address) {
        var more = new ArrayList<>(listening);
        more.add(new Listening(transport, address));
        return new Wiring(more, tls, path, perPeer, patience, stall, mostLinks, certificates);
    }

    public Wiring tls(Tls other) {
        return new Wiring(
                listening, other, path, perPeer, patience, stall, mostLinks, certificates);
    }

    public Wiring path(String other) {
        return new Wiring(listening, tls, other, perPeer, patience, stall, mostLinks, certificates);
    }

    public Wiring socketPerPeer() {
        return new Wiring(listening, tls, path, true, patience, stall, mostLinks, certificates);
    }

    public Wiring patience(Duration other) {
        return new Wiring(listening, tls, path, perPeer, other, stall, mostLinks, certificates);
    }

    public Wiring stall(Duration other) {
        return new Wiring(listening, tls, path, perPeer, patience, other, mostLinks, certificates);
    }

    public Wiring mostLinks(int other) {
        return new Wiring(listening, tls, path, perPeer, patience, stall, other, certificates);
    }

    public Wiring certificates(Consumer<List<X509Certificate>> told) {
        return new Wiring(listening, tls, path, perPeer, patience, stall, mostLinks, told);
    }
}
