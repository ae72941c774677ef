// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

/// A TCP or TLS connection. Two virtual threads: one opens the connection and writes, one reads.
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
    private static final Slice PING = Slice.of("\r\n\r\n".getBytes(US_ASCII));
    private static final Slice PONG = Slice.of("\r\n".getBytes(US_ASCII));

    private record Letter(long id, Slice bytes) {}

    private static final Letter END = new Letter(-1, Slice.EMPTY);

    private final Transport transport;
    private final Endpoint peer;
    private final long id;
    private final Ears ears;
    private final Duration stall;
    private final boolean accepted;
    private final AtomicLong held;
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
            Duration stall,
            boolean accepted,
            AtomicLong held,
            Opening opening) {
        this.transport = transport;
        this.peer = peer;
        this.id = id;
        this.ears = ears;
        this.stall = stall;
        this.accepted = accepted;
        this.held = held;
        this.opening = opening;
    }

    /// @param stall how long a message may take to come whole
    /// @param held octets of messages that are not whole yet, of all links
    static StreamLink to(
            Transport transport,
            Endpoint peer,
            long id,
            Ears ears,
            Duration stall,
            AtomicLong held,
            Opening opening) {
        return new StreamLink(transport, peer, id, ears, stall, false, held, opening);
    }

    /// Over a connection that somebody else opened. Its first message has to come as soon.
    static StreamLink accepted(
            Transport transport, Socket socket, long id, Ears ears, Duration stall, AtomicLong held)
            throws IOException {
        if (!(socket.getRemoteSocketAddress() instanceof InetSocketAddress address))
            throw new EOFException("the peer is gone already");
        var peer = Addresses.endpoint(address);
        return new StreamLink(transport, peer, id, ears, stall, true, held, () -> socket);
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
                            .start(() -> read(opened, known));
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
                out.write(letter.bytes().bytes(), letter.bytes().from(), letter.bytes().length());
                out.flush();
            } catch (IOException e) {
                reader.join(LAST_WORDS); // what the peer said before it closed says more
                end(Errors.of(e, transport, peer));
                if (letter.id() > 0) ears.failed(letter.id(), ending);
                return;
            }
        }
    }

    private void read(Socket from, Flow known) {
        var stream =
                new StreamEars(ears, known, stall, accepted, held, () -> say(PONG));
        var why = reading(from, stream);
        stream.end();
        end(why);
    }

    /// Reads until there is nothing more to read.
    ///
    /// @return why
    private TransportError reading(Socket from, StreamEars stream) {
        try {
            var in = from.getInputStream();
            var buffer = new byte[16_384];
            while (true) {
                from.setSoTimeout(stream.millisLeft());
                var got = in.read(buffer);
                if (got < 0) break;
                stream.feed(buffer, got);
            }
            var closed = new EOFException("the peer closed it" + stream.noise());
            return Errors.of(closed, transport, peer);
        } catch (SocketTimeoutException e) {
            return new TransportError(TransportError.Kind.CLOSED, "no whole message came in time");
        } catch (StreamEars.Useless e) {
            return new TransportError(e.kind(), e.says());
        } catch (IOException e) {
            return Errors.of(e, transport, peer);
        }
    }

    @Override
    public void ping() {
        say(PING);
    }

    /// Where there is no room for it, the connection is busy anyway.
    private void say(Slice lineEnds) {
        if (isOpen()) waiting.offer(new Letter(0, lineEnds));
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
