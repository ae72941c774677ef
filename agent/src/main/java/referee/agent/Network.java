// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.stack.Destination;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.Local;
import referee.stack.Target;
import referee.stack.TransportError;

/// All sockets of an agent. Messages are sent from one thread; what comes in is told to [Ears] from
/// many.
final class Network implements AutoCloseable {
    private static final Duration BREATH = Duration.ofMillis(50);
    private static final int MOST_PEERS = 64;

    private record Peer(Transport transport, Endpoint address, String name) {}

    private final Wiring wiring;
    private final Ears ears;
    private final SSLContext secure;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final List<UdpPort> ports = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<Local> locals = new ArrayList<>();
    private final Map<Endpoint, UdpPort> perPeer = new HashMap<>();
    private final Map<Peer, Link> dialled = new HashMap<>();
    private final Map<Long, Link> links = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    /// @throws IOException if a socket cannot be had: its address is taken or not ours
    Network(Wiring wiring, Ears ears) throws IOException {
        this.wiring = wiring;
        this.ears = ears;
        this.secure = wiring.tls().context(wiring.certificates());
        try {
            for (var one : wiring.listening()) listen(one);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Where we can be reached, in the order of the wiring.
    List<Local> locals() {
        return List.copyOf(locals);
    }

    private void listen(Wiring.Listening one) throws IOException {
        try {
            var port =
                    switch (one.transport()) {
                        case UDP -> udp(one.address());
                        case TCP -> tcp(one.address());
                        case TLS -> tls(one.address());
                        case WS -> ws(one.address(), null);
                        case WSS -> ws(one.address(), secure);
                        case SCTP -> throw new IOException("SCTP is not spoken here");
                    };
            locals.add(
                    new Local(
                            one.transport(),
                            new Endpoint(Addresses.text(one.address().getAddress()), port)));
        } catch (IOException e) {
            throw new IOException(
                    one.transport()
                            + " "
                            + one.address()
                            + " — "
                            + e.getMessage()
                            + " — is the port taken, the address ours?",
                    e);
        }
    }

    private int udp(InetSocketAddress address) throws IOException {
        var port = UdpPort.bind(address, ids, ears);
        ports.add(port);
        return port.local().port();
    }

    private int tcp(InetSocketAddress address) throws IOException {
        var server = new ServerSocket();
        servers.add(server);
        server.setReuseAddress(true);
        server.bind(address);
        accept(server, Transport.TCP);
        return server.getLocalPort();
    }

    /// Without a certificate of ours nobody can connect; the address is named all the same.
    private int tls(InetSocketAddress address) throws IOException {
        if (!wiring.tls().hasIdentity()) return address.getPort() == 0 ? 5061 : address.getPort();
        var server = wiring.tls().listen(secure, address);
        servers.add(server);
        accept(server, Transport.TLS);
        return server.getLocalPort();
    }

    private int ws(InetSocketAddress address, @Nullable SSLContext tls) throws IOException {
        var server = WsServer.listen(address, tls, wiring, ids, ears, this::keep);
        servers.add(server);
        return server.port();
    }

    private void accept(ServerSocket server, Transport transport) {
        Thread.ofVirtual()
                .name(transport + " accept")
                .start(() -> {
                    while (open && !server.isClosed()) accepted(server, transport);
                });
    }

    private void accepted(ServerSocket server, Transport transport) {
        try {
            var socket = server.accept();
            if (isFull()) {
                socket.close();
                return;
            }
            socket.setTcpNoDelay(true);
            var link =
                    StreamLink.accepted(
                            transport,
                            socket,
                            ids.incrementAndGet(),
                            ears,
                            new StreamSpeech(ears, wiring.stall(), true, held));
            keep(link.id(), link);
            link.start();
        } catch (IOException e) {
            // this connection only; but where there are no sockets left, the next one fails at once
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }

    private boolean isFull() {
        if (links.size() >= wiring.mostLinks()) links.values().removeIf(one -> !one.isOpen());
        return links.size() >= wiring.mostLinks();
    }

    private void keep(long id, Link link) {
        links.values().removeIf(one -> !one.isOpen());
        links.put(id, link);
        if (!open) link.close();
    }

    /// Ends a connection; does nothing for datagrams, or where it is gone already.
    void close(Flow flow) {
        var link = links.get(flow.id());
        if (link != null) link.close();
    }

    /// Pings over every connection of ours.
    void ping() {
        dialled.values().forEach(Link::ping);
    }

    void send(long id, Destination to, Slice bytes) {
        switch (to) {
            case Destination.Over(var flow) -> over(id, flow, bytes);
            case Destination.To(var target) -> to(id, target, bytes);
        }
    }

    private void over(long id, Flow flow, Slice bytes) {
        if (flow.transport() == Transport.UDP) {
            port(flow)
                    .ifPresentOrElse(port -> port.send(id, flow.remote(), bytes), () -> closed(id));
            return;
        }
        var link = links.get(flow.id());
        if (link == null || !link.isOpen()) closed(id);
        else link.send(id, bytes);
    }

    private java.util.Optional<UdpPort> port(Flow flow) {
        return java.util.stream.Stream.concat(ports.stream(), perPeer.values().stream())
                .filter(port -> port.id() == flow.id())
                .findFirst();
    }

    private void closed(long id) {
        ears.failed(id, new TransportError(TransportError.Kind.CLOSED, "the flow is gone"));
    }

    private void to(long id, Target target, Slice bytes) {
        if (target.transport() == Transport.UDP) {
            udp(id, target.address(), bytes);
            return;
        }
        var peer = new Peer(target.transport(), target.address(), target.name());
        var link = dialled.get(peer);
        if (link == null || !link.isOpen()) {
            dialled.values().removeIf(one -> !one.isOpen());
            link = dial(peer);
            dialled.put(peer, link);
        }
        link.send(id, bytes);
    }

    private void udp(long id, Endpoint peer, Slice bytes) {
        var port =
                ports.stream()
                        .filter(one -> one.local().isIpv6() == peer.isIpv6())
                        .findFirst()
                        .or(() -> ports.stream().findFirst());
        if (port.isEmpty()) {
            ears.failed(id, new TransportError(TransportError.Kind.OTHER, "no UDP socket"));
            return;
        }
        try {
            var own = wiring.perPeer() ? own(port.get(), peer) : port.get();
            own.send(id, peer, bytes);
        } catch (IOException e) {
            ears.failed(id, Errors.of(e, Transport.UDP, peer));
        }
    }

    private UdpPort own(UdpPort port, Endpoint peer) throws IOException {
        var known = perPeer.get(peer);
        if (known != null) return known;
        if (perPeer.size() >= MOST_PEERS) return port;
        var own = port.connect(peer, ids);
        perPeer.put(peer, own);
        return own;
    }

    private Link dial(Peer peer) {
        var id = ids.incrementAndGet();
        var speech =
                isWeb(peer)
                        ? new WsSpeech(ears)
                        : new StreamSpeech(ears, wiring.stall(), false, held);
        var link =
                StreamLink.to(
                        peer.transport(), peer.address(), id, ears, speech, () -> socket(peer));
        keep(id, link);
        link.start();
        return link;
    }

    private static boolean isWeb(Peer peer) {
        return peer.transport() == Transport.WS || peer.transport() == Transport.WSS;
    }

    private Socket socket(Peer peer) throws IOException {
        var socket = plainOrSecure(peer);
        if (!isWeb(peer)) return socket;
        var name = peer.name().indexOf(':') >= 0 ? "[" + peer.name() + "]" : peer.name();
        var host = name + ":" + peer.address().port();
        return WsClient.upgrade(socket, host, wiring.path(), wiring.patience());
    }

    private Socket plainOrSecure(Peer peer) throws IOException {
        var address = Addresses.socket(peer.address());
        if (peer.transport() == Transport.TLS || peer.transport() == Transport.WSS)
            return wiring.tls().connect(secure, address, peer.name(), wiring.patience());
        var socket = new Socket();
        try {
            socket.connect(address, (int) wiring.patience().toMillis());
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void close() {
        open = false;
        ports.forEach(UdpPort::close);
        perPeer.values().forEach(UdpPort::close);
        links.values().forEach(Link::close);
        for (var server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                // it is of no use any more, whatever it says
            }
        }
    }
}
