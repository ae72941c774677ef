// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A ClientHello or ServerHello (RFC 5246 §7.4.1, RFC 8446 §4.1), as far as it matters here.
///
/// @param version that the server chose, such as 0x0304; of a client the one it offers first
/// @param suite that the server chose
/// @param name that the client asks for (RFC 6066 §3); empty if none, or no host name
/// @param sip whether a protocol that begins with `sip` is offered or chosen (RFC 7301 §3.1)
@SuppressWarnings("ArrayRecordComponent") // never compared
record TlsHello(
        boolean client,
        byte[] random,
        byte[] sessionId,
        int version,
        int suite,
        boolean encryptThenMac,
        String name,
        boolean sip) {

    static final int CLIENT = 1;
    static final int SERVER = 2;

    private static final int RANDOM = 32;
    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;
    private static final int ENCRYPT_THEN_MAC = 22;
    private static final int VERSIONS = 43;

    /// The random that makes a ServerHello a HelloRetryRequest begins so (RFC 8446 §4.1.3).
    private static final int RETRY = 0xcf21ad74;

    /// @param message the whole handshake message, type and length included
    static Optional<TlsHello> read(byte[] message) {
        try {
            return Optional.of(read(ByteBuffer.wrap(message)));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static TlsHello read(ByteBuffer in) {
        var client = in.get() == CLIENT;
        skip(in, 3);
        var seen = new Extensions();
        seen.version = in.getShort() & 0xffff;
        var random = take(in, RANDOM);
        var sessionId = take(in, in.get() & 0xff);
        var suite = 0;
        if (client) {
            skip(in, in.getShort() & 0xffff);
            skip(in, in.get() & 0xff);
        } else {
            suite = in.getShort() & 0xffff;
            skip(in, 1);
        }
        if (in.remaining() >= 2) seen.read(in, client);
        return new TlsHello(
                client,
                random,
                sessionId,
                seen.version,
                suite,
                seen.encryptThenMac,
                seen.name,
                seen.sip);
    }

    /// Whether this only asks the client for another hello.
    boolean isRetry() {
        return !client && Octets.i32(random, 0) == RETRY;
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) throw new BufferUnderflowException();
        var taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private static void skip(ByteBuffer in, int length) {
        take(in, length);
    }

    private static final class Extensions {
        private int version;
        private boolean encryptThenMac;
        private String name = "";
        private boolean sip;

        private void read(ByteBuffer in, boolean client) {
            var all = ByteBuffer.wrap(take(in, in.getShort() & 0xffff));
            while (all.remaining() >= 4) {
                var type = all.getShort() & 0xffff;
                var value = take(all, all.getShort() & 0xffff);
                switch (type) {
                    case SERVER_NAME -> name = hostName(value);
                    case PROTOCOLS -> sip = namesSip(value);
                    case ENCRYPT_THEN_MAC -> encryptThenMac = true;
                    case VERSIONS -> {
                        if (!client && value.length == 2) version = Octets.u16(value, 0);
                    }
                    default -> {}
                }
            }
        }

        private static String hostName(byte[] value) {
            if (value.length < 6) return "";
            var name = new String(Arrays.copyOfRange(value, 5, value.length), ISO_8859_1);
            return name.matches("[A-Za-z0-9._-]{1,100}") ? name : "";
        }

        private static boolean namesSip(byte[] value) {
            for (var at = 2; at < value.length; at += 1 + Octets.u8(value, at)) {
                var to = Math.min(value.length, at + 1 + Octets.u8(value, at));
                if (new String(value, at + 1, to - at - 1, ISO_8859_1).startsWith("sip"))
                    return true;
            }
            return false;
        }
    }
}
