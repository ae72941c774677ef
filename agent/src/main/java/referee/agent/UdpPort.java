// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import referee.sip.NotSip;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Flow;

/// A UDP socket: one datagram is one message (RFC 3261 §18.1.1).
///
/// One that is connected to a peer hears only that peer, and is told by the kernel when ICMP says
/// that nobody listens there.
final class UdpPort implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final DatagramChannel channel;
    private final Endpoint local;
    private final long id;
    private final Ears ears;

    private UdpPort(DatagramChannel channel, long id, Ears ears) throws IOException {
        this.channel = channel;
        this.local = Addresses.endpoint((InetSocketAddress) channel.getLocalAddress());
        this.id = id;
        this.ears = ears;
    }

    /// @param address port 0 lets the kernel choose
    static UdpPort bind(InetSocketAddress address, AtomicLong ids, Ears ears) throws IOException {
        var port = new UdpPort(open(address), ids.incrementAndGet(), ears);
        port.listen();
        return port;
    }

    /// A second socket at the same port, for this peer alone.
    UdpPort connect(Endpoint peer, AtomicLong ids) throws IOException {
        var connected = open((InetSocketAddress) channel.getLocalAddress());
        try {
            connected.connect(Addresses.socket(peer));
        } catch (IOException e) {
            connected.close();
            throw e;
        }
        var port = new UdpPort(connected, ids.incrementAndGet(), ears);
        port.listen();
        return port;
    }

    private static DatagramChannel open(InetSocketAddress address) throws IOException {
        var channel = DatagramChannel.open();
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT))
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            return channel.bind(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Endpoint local() {
        return local;
    }

    long id() {
        return id;
    }

    void send(long send, Endpoint peer, Slice bytes) {
        var flow = new Flow(Transport.UDP, local, peer, id);
        ears.sent(flow, bytes);
        try {
            channel.send(
                    ByteBuffer.wrap(bytes.bytes(), bytes.from(), bytes.length()),
                    Addresses.socket(peer));
        } catch (IOException e) {
            ears.failed(send, Errors.of(e, Transport.UDP, peer));
        }
    }

    private void listen() {
        Thread.ofPlatform().daemon().name("udp " + local).start(this::hear);
    }

    private void hear() {
        var buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (channel.isOpen()) {
            buffer.clear();
            try {
                var peer = channel.receive(buffer);
                if (peer instanceof InetSocketAddress from) heard(from, buffer.flip());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                refused(e);
            }
        }
    }

    private void heard(InetSocketAddress from, ByteBuffer datagram) {
        if (from.getPort() == 0) return;
        var flow = new Flow(Transport.UDP, local, Addresses.endpoint(from), id);
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        switch (SipParser.parse(Slice.of(bytes))) {
            case SipMessage message -> ears.received(flow, message);
            case NotSip(var why) -> ears.noise(flow, why);
        }
    }

    private void refused(IOException e) {
        try {
            if (!(channel.getRemoteAddress() instanceof InetSocketAddress address)) return;
            var peer = Addresses.endpoint(address);
            ears.lost(new Flow(Transport.UDP, local, peer, id), Errors.of(e, Transport.UDP, peer));
        } catch (IOException closed) {
            // there is nobody left to tell
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
