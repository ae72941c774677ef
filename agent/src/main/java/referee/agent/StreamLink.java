// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.StreamFramer;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.TransportError;

/// A TCP or TLS connection: messages are cut out of the stream by Content-Length (RFC 3261 §18.3),
/// and a ping of two line ends is answered with one (RFC 5626 §4.4.1).
///
/// Two virtual threads: one opens the connection and writes, one reads.
final class StreamLink implements Link {
    /// Opens the connection; blocks.
    interface Opening {
        Socket open() throws IOException;
    }

    private static final int MOST_WAITING = 1_000;
    private static final Slice PONG = Slice.of("\r\n".getBytes(US_ASCII));

    private record Letter(long id, Slice bytes) {}

    private static final Letter END = new Letter(-1, Slice.EMPTY);

    private final Transport transport;
    private final Endpoint peer;
    private final long id;
    private final Ears ears;
    private final LinkedBlockingQueue<Letter> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean open = true;
    private volatile TransportError ending =
            new TransportError(TransportError.Kind.CLOSED, "the connection is closed");
    private volatile @Nullable Socket socket;
    private volatile @Nullable Flow flow;

    private StreamLink(Transport transport, Endpoint peer, long id, Ears ears) {
        this.transport = transport;
        this.peer = peer;
        this.id = id;
        this.ears = ears;
    }

    static StreamLink open(
            Transport transport, Endpoint peer, long id, Ears ears, Opening opening) {
        var link = new StreamLink(transport, peer, id, ears);
        Thread.ofVirtual().name(transport + " to " + peer).start(() -> link.run(opening));
        return link;
    }

    /// A connection that somebody else opened, ready to be used.
    static StreamLink accepted(Transport transport, Socket socket, long id, Ears ears)
            throws IOException {
        var peer = Addresses.endpoint((InetSocketAddress) socket.getRemoteSocketAddress());
        return open(transport, peer, id, ears, () -> socket);
    }

    long id() {
        return id;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(long send, Slice bytes) {
        if (!open || !waiting.offer(new Letter(send, bytes))) ears.failed(send, ending);
    }

    private void run(Opening opening) {
        try {
            var opened = opening.open();
            socket = opened;
            var local = Addresses.endpoint((InetSocketAddress) opened.getLocalSocketAddress());
            var known = new Flow(transport, local, peer, id);
            flow = known;
            Thread.ofVirtual().name(transport + " from " + peer).start(() -> read(opened, known));
            write(opened, known);
        } catch (IOException e) {
            end(Errors.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Socket to, Flow over) throws IOException, InterruptedException {
        var out = to.getOutputStream();
        for (var letter = waiting.take(); letter.id() >= 0; letter = waiting.take()) {
            if (letter.id() != 0) ears.sent(over, letter.bytes());
            try {
                out.write(letter.bytes().bytes(), letter.bytes().from(), letter.bytes().length());
                out.flush();
            } catch (IOException e) {
                ears.failed(letter.id(), Errors.of(e));
                throw e;
            }
        }
    }

    private void read(Socket from, Flow over) {
        var framer = new StreamFramer(new Cutter(over));
        var buffer = new byte[16_384];
        try {
            var in = from.getInputStream();
            for (var got = in.read(buffer); got >= 0; got = in.read(buffer))
                framer.feed(buffer, 0, got);
            framer.end();
            end(Errors.of(new EOFException("the peer closed the connection")));
        } catch (IOException e) {
            end(Errors.of(e));
        }
    }

    private void end(TransportError error) {
        if (!open) return;
        ending = error;
        close();
        for (var letter = waiting.poll(); letter != null; letter = waiting.poll())
            if (letter.id() > 0) ears.failed(letter.id(), error);
        waiting.offer(END);
        var known = flow;
        if (known != null) ears.lost(known, error);
    }

    @Override
    public void close() {
        open = false;
        waiting.offer(END);
        var known = socket;
        if (known == null) return;
        try {
            known.close();
        } catch (IOException e) {
            // it is of no use any more, whatever it says
        }
    }

    private final class Cutter implements StreamFramer.Receiver {
        private final Flow over;
        private boolean half;

        Cutter(Flow over) {
            this.over = over;
        }

        @Override
        public void message(SipMessage message) {
            half = false;
            ears.received(over, message);
        }

        @Override
        public void skipped(long octets, String why) {
            ears.noise(over, octets + " octets: " + why);
        }

        @Override
        public void emptyLine() {
            if (half) waiting.offer(new Letter(0, PONG));
            half = !half;
        }
    }
}
