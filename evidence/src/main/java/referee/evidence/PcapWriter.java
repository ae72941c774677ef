// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import referee.sip.Transport;

/// Writes what a source holds as a pcap capture: a frame a message, on Ethernet and IP, over UDP,
/// or over TCP for every other transport. Nanosecond timestamps. An ICMP error quotes the message
/// that last went where it did not arrive; where none is known, it quotes no more than the ports,
/// over UDP. Gaps are not written.
///
/// An endpoint whose host is no address gets one of 192.0.2.0/24. An output that fails ends the
/// writing with an [UncheckedIOException].
public final class PcapWriter implements Witness {
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int ETHERNET = 1;
    private static final int SNAPLEN = 262_144;
    private static final int MOST_QUOTES = 1_000;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private record Way(Endpoint from, Endpoint to) {}

    private final OutputStream out;
    private final Map<Way, Integer> sequences = new HashMap<>();
    private final Map<String, byte[]> named = new HashMap<>();
    private final Map<Way, byte[]> quotes = new LinkedHashMap<>(16, 0.75f, true);

    /// Writes the file header at once; flushing and closing are the caller's.
    public PcapWriter(OutputStream out) {
        this.out = out;
        var header = ByteBuffer.allocate(24);
        header.putInt(MAGIC_NANOS).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        header.putInt(SNAPLEN).putInt(ETHERNET);
        write(header.array());
    }

    @Override
    public void saw(Sighting sighting) {
        var payload = sighting.message().bytes().copy();
        var way = new Way(sighting.from(), sighting.to());
        var segment = sighting.transport() == Transport.UDP ? udp(way, payload) : tcp(way, payload);
        var packet = ip(way, segment, sighting.transport() == Transport.UDP ? UDP : TCP);
        remember(way, packet);
        frame(sighting.at(), packet);
    }

    @Override
    public void missed(Gap gap) {}

    @Override
    public void unreachable(Unreachable error) {
        var about = new Way(error.from(), error.to());
        var quote = quotes.get(about);
        if (quote == null) quote = ip(about, udp(about, new byte[0]), UDP);
        var way = new Way(error.by(), error.from());
        var v6 = isV6(about) || isV6(way);
        var message = IcmpMessage.of(error.reason(), v6, quote);
        var sum = v6 ? transportSum(way, IcmpMessage.V6, message) : fold(sum(message, 0));
        ByteBuffer.wrap(message).putShort(2, (short) sum);
        frame(error.at(), ip(way, message, v6 ? IcmpMessage.V6 : IcmpMessage.V4));
    }

    /// The beginning of the latest packet of each way, for an error to quote.
    private void remember(Way way, byte[] packet) {
        if (quotes.size() >= MOST_QUOTES && !quotes.containsKey(way))
            quotes.remove(quotes.keySet().iterator().next());
        var length = Math.min(packet.length, IcmpMessage.quoted(isV6(way)));
        quotes.put(way, Arrays.copyOf(packet, length));
    }

    private void frame(Instant at, byte[] packet) {
        var length = 14 + packet.length;
        var v6 = packet[0] >> 4 == 6;
        var since = Duration.between(Instant.EPOCH, at);
        var record = ByteBuffer.allocate(16 + length);
        record.putInt((int) since.toSeconds()).putInt(since.toNanosPart());
        record.putInt(length).putInt(length);
        record.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1});
        record.putShort((short) (v6 ? 0x86dd : 0x0800)).put(packet);
        write(record.array());
    }

    private byte[] udp(Way way, byte[] payload) {
        var datagram = ByteBuffer.allocate(8 + payload.length);
        datagram.putShort((short) way.from().port()).putShort((short) way.to().port());
        datagram.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        var sum = transportSum(way, 17, datagram.array());
        return datagram.putShort(6, (short) (sum == 0 ? 0xffff : sum)).array();
    }

    private byte[] tcp(Way way, byte[] payload) {
        var sequence = sequences.getOrDefault(way, 1);
        sequences.put(way, sequence + payload.length);
        var acknowledged = sequences.getOrDefault(new Way(way.to(), way.from()), 1);
        var segment = ByteBuffer.allocate(20 + payload.length);
        segment.putShort((short) way.from().port()).putShort((short) way.to().port());
        segment.putInt(sequence).putInt(acknowledged);
        segment.put((byte) 0x50).put((byte) 0x18).putShort((short) 0xffff).putInt(0).put(payload);
        return segment.putShort(16, (short) transportSum(way, 6, segment.array())).array();
    }

    private boolean isV6(Way way) {
        return address(way.from()).length == 16 || address(way.to()).length == 16;
    }

    private byte[] ip(Way way, byte[] segment, int protocol) {
        var from = address(way.from());
        var to = address(way.to());
        var v6 = isV6(way);
        var packet = ByteBuffer.allocate((v6 ? 40 : 20) + segment.length);
        if (v6) ipv6(packet, widen(from), widen(to), segment.length, protocol);
        else ipv4(packet, from, to, segment.length, protocol);
        return packet.put(segment).array();
    }

    private static void ipv4(ByteBuffer frame, byte[] from, byte[] to, int length, int protocol) {
        var header = ByteBuffer.allocate(20);
        header.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putInt(0x00004000);
        header.put((byte) 64).put((byte) protocol).putShort((short) 0).put(from).put(to);
        header.putShort(10, (short) fold(sum(header.array(), 0)));
        frame.put(header.array());
    }

    private static void ipv6(ByteBuffer frame, byte[] from, byte[] to, int length, int protocol) {
        frame.putInt(0x60000000).putShort((short) length).put((byte) protocol).put((byte) 64);
        frame.put(from).put(to);
    }

    private int transportSum(Way way, int protocol, byte[] segment) {
        var from = address(way.from());
        var to = address(way.to());
        var v6 = isV6(way);
        var start = sum(v6 ? widen(from) : from, sum(v6 ? widen(to) : to, 0L));
        return fold(sum(segment, start + protocol + segment.length));
    }

    /// Ones' complement sum of 16-bit words, an odd last octet padded with zero (RFC 1071 §1).
    private static long sum(byte[] octets, long start) {
        var sum = start;
        for (var i = 0; i < octets.length; i += 2) {
            var low = i + 1 < octets.length ? octets[i + 1] & 0xff : 0;
            sum += (octets[i] & 0xff) << 8 | low;
        }
        return sum;
    }

    private static int fold(long sum) {
        var folded = sum;
        while (folded >> 16 != 0) folded = (folded & 0xffff) + (folded >> 16);
        return (int) ~folded & 0xffff;
    }

    private byte[] address(Endpoint endpoint) {
        try {
            return InetAddress.ofLiteral(endpoint.host()).getAddress();
        } catch (IllegalArgumentException e) {
            return named.computeIfAbsent(endpoint.host(), _ -> standIn(named.size()));
        }
    }

    private static byte[] standIn(int index) {
        return new byte[] {(byte) 192, 0, 2, (byte) (200 + index % 50)};
    }

    /// An IPv4 address within IPv6, where only one end has the latter (RFC 4291 §2.5.5.2).
    private static byte[] widen(byte[] address) {
        if (address.length == 16) return address;
        var wide = new byte[16];
        wide[10] = (byte) 0xff;
        wide[11] = (byte) 0xff;
        System.arraycopy(address, 0, wide, 12, 4);
        return wide;
    }

    private void write(byte[] octets) {
        try {
            out.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
