// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import referee.sip.NotSip;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.StreamFramer;
import referee.stack.Flow;
import referee.stack.TransportError;

/// A WebSocket that we opened, with the subprotocol `sip`: one message of it is one SIP message
/// (RFC 7118).
final class WsLink implements Link {
    private static final int MOST_WAITING = 1_000;
    private static final int TOO_BIG = 1009;

    private final Flow flow;
    private final Ears ears;
    private final Duration patience;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean open = true;
    private CompletableFuture<WebSocket> socket;

    private WsLink(Flow flow, Ears ears, Duration patience, CompletableFuture<WebSocket> none) {
        this.flow = flow;
        this.ears = ears;
        this.patience = patience;
        this.socket = none;
    }

    /// @param uri such as `wss://example.com:443/ws`
    static WsLink open(HttpClient http, URI uri, Flow flow, Ears ears, Duration patience) {
        var link = new WsLink(flow, ears, patience, new CompletableFuture<>());
        link.socket =
                http.newWebSocketBuilder()
                        .subprotocols("sip")
                        .connectTimeout(patience)
                        .buildAsync(uri, link.new Hearing());
        return link;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /// Each send waits for the one before it: a WebSocket takes one at a time.
    @Override
    public void send(long id, Slice bytes) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            close();
            sent(id, new EOFException("the other side does not take what is sent to it"));
            return;
        }
        socket =
                socket.thenCompose(
                                one -> {
                                    ears.sent(flow, bytes);
                                    return isText(bytes)
                                            ? one.sendText(bytes.text(), true)
                                            : one.sendBinary(ByteBuffer.wrap(bytes.copy()), true);
                                })
                        .whenComplete((_, error) -> sent(id, error));
    }

    private void sent(long id, @Nullable Throwable error) {
        waiting.decrementAndGet();
        if (error == null) return;
        open = false;
        ears.failed(id, meaning(error));
    }

    @Override
    public void ping() {
        if (open) socket.thenAccept(one -> one.sendPing(ByteBuffer.allocate(0)));
    }

    /// Text has to be UTF-8; a message may hold any octets (RFC 7118 §4.2).
    static boolean isText(Slice bytes) {
        return Arrays.equals(bytes.text().getBytes(StandardCharsets.UTF_8), bytes.copy());
    }

    private TransportError meaning(Throwable error) {
        var cause =
                error instanceof CompletionException && error.getCause() != null
                        ? error.getCause()
                        : error;
        if (cause instanceof WebSocketHandshakeException refused)
            return new TransportError(
                    TransportError.Kind.OTHER,
                    "the upgrade to WebSocket was answered with %d (%s %s): the path may be wrong (--ws-path), or it does not know the subprotocol sip"
                            .formatted(
                                    refused.getResponse().statusCode(),
                                    flow.transport(),
                                    flow.remote()));
        return cause instanceof IOException io
                ? Errors.of(reason(io), flow.transport(), flow.remote())
                : new TransportError(TransportError.Kind.OTHER, String.valueOf(cause.getMessage()));
    }

    /// The client of the JDK does not say why it cannot connect; connecting once more does.
    private IOException reason(IOException told) {
        if (!(told instanceof ConnectException) || told.getMessage() != null) return told;
        try (var socket = new Socket()) {
            socket.connect(Addresses.socket(flow.remote()), (int) patience.toMillis());
            return told;
        } catch (IOException e) {
            return e;
        }
    }

    @Override
    public void close() {
        open = false;
        socket = socket.whenComplete((one, _) -> abort(one));
    }

    private static void abort(@Nullable WebSocket one) {
        if (one != null) one.abort();
    }

    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            if (text.length() + data.length() > StreamFramer.LONGEST) return tooBig(webSocket);
            text.append(data);
            if (last) {
                heard(ears, flow, text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket webSocket, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            if (octets.size() + part.length > StreamFramer.LONGEST) return tooBig(webSocket);
            octets.writeBytes(part);
            if (last) {
                heard(ears, flow, octets.toByteArray());
                octets.reset();
            }
            webSocket.request(1);
            return null;
        }

        private @Nullable CompletionStage<?> tooBig(WebSocket webSocket) {
            var _ = webSocket.sendClose(TOO_BIG, "a message longer than we take");
            gone(new EOFException("a message came that is longer than we take"));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(
                WebSocket webSocket, int statusCode, String reason) {
            gone(
                    new EOFException(
                            "the peer closed the WebSocket: %d %s"
                                    .formatted(statusCode, reason)
                                    .strip()));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            gone(error instanceof IOException io ? io : new IOException(error));
        }

        private void gone(IOException why) {
            if (!open) return;
            open = false;
            ears.lost(flow, Errors.of(why, flow.transport(), flow.remote()));
        }
    }

    static void heard(Ears ears, Flow flow, byte[] bytes) {
        switch (SipParser.parse(Slice.of(bytes))) {
            case SipMessage message -> ears.received(flow, message);
            case NotSip(var why) -> ears.noise(flow, why);
        }
    }
}
