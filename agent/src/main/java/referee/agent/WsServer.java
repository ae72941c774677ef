// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import referee.sip.Slice;
import referee.sip.StreamFramer;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.TransportError;

/// Takes WebSockets with the subprotocol `sip`, on any path (RFC 7118 §4). Public, with its peers,
/// because the server looks for their methods from outside.
public final class WsServer implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final int BAD_REQUEST = 400;

    private final Server server;
    private final ServerConnector connector;

    private WsServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// @param tls for `wss`; null for `ws`
    /// @param wiring how many connections there may be
    /// @param opened told of each connection and its flow's id
    static WsServer listen(
            InetSocketAddress address,
            @Nullable SSLContext tls,
            Wiring wiring,
            AtomicLong ids,
            Ears ears,
            BiConsumer<Long, Link> opened)
            throws IOException {
        var transport = tls == null ? Transport.WS : Transport.WSS;
        var pool = new QueuedThreadPool();
        pool.setDaemon(true);
        pool.setName(transport.word());
        var server = new Server(pool);
        var connector =
                tls == null
                        ? new ServerConnector(server)
                        : secure(server, tls, wiring.tls().isDemanding());
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(wiring.stall().toMillis());
        connector.addBean(new NetworkConnectionLimit(wiring.mostLinks(), connector));
        server.addConnector(connector);
        server.setHandler(
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            container.setMaxTextMessageSize(StreamFramer.LONGEST);
                            container.setMaxBinaryMessageSize(StreamFramer.LONGEST);
                            container.setIdleTimeout(java.time.Duration.ofHours(1));
                            container.setMaxOutgoingFrames(MOST_WAITING);
                            container.addMapping(
                                    "/*",
                                    (request, response, callback) -> {
                                        if (!request.getSubProtocols().contains("sip")) {
                                            Response.writeError(
                                                    request, response, callback, BAD_REQUEST);
                                            return null;
                                        }
                                        response.setAcceptedSubProtocol("sip");
                                        return new Peer(
                                                transport, ids.incrementAndGet(), ears, opened);
                                    });
                        }));
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
        return new WsServer(server, connector);
    }

    private static ServerConnector secure(Server server, SSLContext tls, boolean demanding) {
        var factory = new SslContextFactory.Server();
        factory.setNeedClientAuth(demanding);
        factory.setSslContext(tls);
        var configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, factory, new HttpConnectionFactory(configuration));
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the WebSocket server does not stop", e);
        }
    }

    /// One peer's connection.
    public static final class Peer extends Session.Listener.Abstract implements Link {
        private final Transport transport;
        private final long id;
        private final Ears ears;
        private final BiConsumer<Long, Link> opened;
        private volatile @Nullable Flow flow;

        Peer(Transport transport, long id, Ears ears, BiConsumer<Long, Link> opened) {
            this.transport = transport;
            this.id = id;
            this.ears = ears;
            this.opened = opened;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            flow =
                    new Flow(
                            transport,
                            endpoint(session.getLocalSocketAddress()),
                            endpoint(session.getRemoteSocketAddress()),
                            id);
            opened.accept(id, this);
            session.demand(); // by now whoever answers knows this link
        }

        private static Endpoint endpoint(java.net.SocketAddress address) {
            return Addresses.endpoint((InetSocketAddress) address);
        }

        @Override
        public void onWebSocketText(String message) {
            hear(message.getBytes(StandardCharsets.UTF_8));
            getSession().demand();
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            var bytes = new byte[payload.remaining()];
            payload.get(bytes);
            callback.succeed();
            hear(bytes);
            getSession().demand();
        }

        private void hear(byte[] bytes) {
            var known = flow;
            if (known != null) WsSpeech.heard(ears, known, bytes);
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason, Callback callback) {
            gone(new EOFException("the peer closed the WebSocket"));
            callback.succeed();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            gone(cause instanceof IOException io ? io : new IOException(cause));
        }

        private void gone(IOException why) {
            var known = flow;
            if (known != null) ears.lost(known, Errors.of(why, known.transport(), known.remote()));
        }

        @Override
        public void send(long send, Slice bytes) {
            var session = getSession();
            var known = flow;
            if (session == null || known == null) {
                ears.failed(
                        send, new TransportError(TransportError.Kind.CLOSED, "WebSocket closed"));
                return;
            }
            ears.sent(known, bytes);
            var told = Callback.from(() -> {}, error -> unsent(send, known, error));
            if (WsSpeech.isText(bytes)) session.sendText(bytes.text(), told);
            else session.sendBinary(ByteBuffer.wrap(bytes.copy()), told);
        }

        /// One that cannot be written to is of no use; that may be because it takes nothing.
        private void unsent(long send, Flow known, Throwable error) {
            close();
            ears.failed(
                    send,
                    Errors.of(
                            error instanceof IOException io ? io : new EOFException("closed"),
                            known.transport(),
                            known.remote()));
        }

        @Override
        public boolean isOpen() {
            var session = getSession();
            return session != null && session.isOpen();
        }

        @Override
        public void close() {
            var session = getSession();
            if (session != null) session.disconnect();
        }
    }
}
