// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.TransportError;

/// A connection over TCP or TLS, with or without WebSocket. Two virtual threads: one opens the
/// connection and writes, one reads.
///
/// A peer that does not take what is sent to it, that begins a message and does not end it, or that
/// sends a lot of what is no SIP, loses the connection.
final class StreamLink implements Link {
    /// Opens the connection; blocks.
    interface Opening {
        Socket open() throws IOException;
    }

    private static final int MOST_WAITING = 1_000;
    private static final long MOST_OCTETS = 1 << 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private record Letter(long id, Slice bytes) {}

    private static final Letter END = new Letter(-1, Slice.EMPTY);

    private final Transport transport;
    private final Endpoint peer;
    private final long id;
    private final Ears ears;
    private final Speech speech;
    private final LinkedBlockingQueue<Letter> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong octets = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile TransportError ending =
            new TransportError(TransportError.Kind.CLOSED, "we closed it");
    private final Opening opening;
    private volatile @Nullable Socket socket;
    private volatile @Nullable Flow flow;

    private StreamLink(
            Transport transport,
            Endpoint peer,
            long id,
            Ears ears,
            Speech speech,
            Opening opening) {
        this.transport = transport;
        this.peer = peer;
        this.id = id;
        this.ears = ears;
        this.speech = speech;
        this.opening = opening;
    }

    static StreamLink to(
            Transport transport,
            Endpoint peer,
            long id,
            Ears ears,
            Speech speech,
            Opening opening) {
        return new StreamLink(transport, peer, id, ears, speech, opening);
    }

    /// Over a connection that somebody else opened.
    static StreamLink accepted(
            Transport transport, Socket socket, long id, Ears ears, Speech speech)
            throws IOException {
        if (!(socket.getRemoteSocketAddress() instanceof InetSocketAddress address))
            throw new EOFException("the peer is gone already");
        var peer = Addresses.endpoint(address);
        return new StreamLink(transport, peer, id, ears, speech, () -> socket);
    }

    /// Opens the connection if need be, and begins to hear. Whoever is told of a message has to
    /// know this link by then.
    void start() {
        Thread.ofVirtual().name(transport + " to " + peer).start(this::run);
    }

    long id() {
        return id;
    }

    @Override
    public boolean isOpen() {
        return !over.get();
    }

    @Override
    public void send(long send, Slice bytes) {
        if (over.get()) {
            ears.failed(send, ending);
            return;
        }
        var letter = new Letter(send, bytes);
        if (octets.addAndGet(bytes.length()) > MOST_OCTETS || !waiting.offer(letter)) {
            end(
                    new TransportError(
                            TransportError.Kind.CLOSED,
                            "the other side does not take what is sent to it"));
            ears.failed(send, ending);
        } else if (over.get() && waiting.remove(letter)) {
            ears.failed(send, ending);
        }
    }

    private void run() {
        try {
            var opened = opening.open();
            socket = opened;
            if (over.get()) {
                opened.close();
                return;
            }
            var local = Addresses.endpoint((InetSocketAddress) opened.getLocalSocketAddress());
            var known = new Flow(transport, local, peer, id);
            flow = known;
            var reader =
                    Thread.ofVirtual()
                            .name(transport + " from " + peer)
                            .start(() -> end(speech.hear(opened, known, this::say)));
            write(opened, known, reader);
        } catch (IOException e) {
            end(Errors.of(e, transport, peer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Socket to, Flow known, Thread reader)
            throws IOException, InterruptedException {
        var out = to.getOutputStream();
        for (var letter = waiting.take(); letter.id() >= 0; letter = waiting.take()) {
            octets.addAndGet(-letter.bytes().length());
            if (letter.id() != 0) ears.sent(known, letter.bytes());
            try {
                var wire = letter.id() == 0 ? letter.bytes() : speech.out(letter.bytes());
                out.write(wire.bytes(), wire.from(), wire.length());
                out.flush();
            } catch (IOException e) {
                reader.join(LAST_WORDS); // what the peer said before it closed says more
                end(Errors.of(e, transport, peer));
                if (letter.id() > 0) ears.failed(letter.id(), ending);
                return;
            }
        }
    }

    @Override
    public void ping() {
        say(speech.ping());
    }

    /// Where there is no room for it, the connection is busy anyway.
    private void say(Slice octets) {
        if (isOpen()) waiting.offer(new Letter(0, octets));
    }

    /// The first reason counts.
    private void end(TransportError error) {
        if (!over.compareAndSet(false, true)) return;
        ending = error;
        shut();
        for (var letter = waiting.poll(); letter != null; letter = waiting.poll())
            if (letter.id() > 0) ears.failed(letter.id(), error);
        waiting.offer(END);
        var known = flow;
        if (known != null) ears.lost(known, error);
    }

    @Override
    public void close() {
        if (!over.compareAndSet(false, true)) return;
        shut();
        waiting.clear();
        waiting.offer(END);
    }

    private void shut() {
        var known = socket;
        if (known == null) return;
        try {
            known.close();
        } catch (IOException e) {
            // it is of no use any more, whatever it says
        }
    }
}
