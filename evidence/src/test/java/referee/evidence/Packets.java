// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Makes packets for tests, layer by layer. Checksums are zero; nothing here reads them.
final class Packets {
    static final String ALICE = "192.0.2.1";
    static final String BOB = "192.0.2.2";
    static final String ALICE6 = "2001:db8::1";
    static final String BOB6 = "2001:db8::2";
    static final int TCP = 6;
    static final int UDP = 17;

    private Packets() {}

    static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /// A whole request with a body of this many octets.
    static byte[] request(String callId, int body) {
        return text(
                "MESSAGE sip:bob@192.0.2.2 SIP/2.0\r\nCSeq: 1 MESSAGE\r\nCall-ID: "
                        + callId
                        + "\r\nContent-Length: "
                        + body
                        + "\r\n\r\n"
                        + "b".repeat(body));
    }

    static byte[] ok(String callId) {
        return text(
                "SIP/2.0 200 OK\r\nCSeq: 1 MESSAGE\r\nCall-ID: "
                        + callId
                        + "\r\nContent-Length: 0\r\n\r\n");
    }

    static byte[] u16(int... values) {
        var out = new byte[values.length * 2];
        for (var i = 0; i < values.length; i++) {
            out[2 * i] = (byte) (values[i] >> 8);
            out[2 * i + 1] = (byte) values[i];
        }
        return out;
    }

    static byte[] u32(long value) {
        return u16((int) (value >>> 16), (int) value);
    }

    static byte[] bytes(int... values) {
        var out = new byte[values.length];
        for (var i = 0; i < values.length; i++) out[i] = (byte) values[i];
        return out;
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) out.writeBytes(part);
        return out.toByteArray();
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static byte[] udp(int from, int to, byte[] payload) {
        return join(u16(from, to, 8 + payload.length, 0), payload);
    }

    static byte[] ipv4(String from, String to, int protocol, byte[] payload) {
        return ipv4(from, to, protocol, 0, 0, payload);
    }

    /// @param place flags and fragment offset as they stand in the header
    static byte[] ipv4(String from, String to, int protocol, int id, int place, byte[] payload) {
        return join(
                bytes(0x45, 0),
                u16(20 + payload.length, id, place),
                bytes(64, protocol, 0, 0),
                address(from),
                address(to),
                payload);
    }

    static byte[] ipv6(String from, String to, int next, byte[] payload) {
        return join(
                bytes(0x60, 0, 0, 0),
                u16(payload.length),
                bytes(next, 64),
                address(from),
                address(to),
                payload);
    }

    static byte[] ethernet(int type, byte[] payload) {
        return join(bytes(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1), u16(type), payload);
    }

    /// From Alice's port 5060 to Bob's, on Ethernet.
    static byte[] datagram(byte[] payload) {
        return ethernet(0x0800, ipv4(ALICE, BOB, UDP, udp(5060, 5060, payload)));
    }

    /// @param flags of `FIN SYN RST PSH ACK`, the first letter of each
    static byte[] tcp(
            int from, int to, long sequence, long acknowledged, String flags, byte[] payload) {
        var bits = 0;
        for (var i = 0; i < 5; i++) {
            if (flags.indexOf("FSRPA".charAt(i)) >= 0) bits |= 1 << i;
        }
        return join(
                u16(from, to),
                u32(sequence),
                u32(acknowledged),
                bytes(0x50, bits),
                u16(8192, 0, 0),
                payload);
    }

    /// From Alice's port 40000 to Bob's 5060, on Ethernet.
    static byte[] toBob(long sequence, long acknowledged, String flags, byte[] payload) {
        var segment = tcp(40_000, 5060, sequence, acknowledged, flags, payload);
        return ethernet(0x0800, ipv4(ALICE, BOB, TCP, segment));
    }

    /// The other way.
    static byte[] toAlice(long sequence, long acknowledged, String flags, byte[] payload) {
        var segment = tcp(5060, 40_000, sequence, acknowledged, flags, payload);
        return ethernet(0x0800, ipv4(BOB, ALICE, TCP, segment));
    }

    static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
