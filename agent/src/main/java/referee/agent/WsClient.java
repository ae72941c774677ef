// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/// Asks a web server for a WebSocket with the subprotocol `sip` (RFC 6455 §4.1, RFC 7118 §4).
final class WsClient {
    /// The server answered, and not as it has to.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_HEAD = 8_192;

    private WsClient() {}

    /// @param host with its port, as the Host header says it
    /// @param path such as `/ws`
    /// @param patience how long the answer may take
    /// @return the socket, which carries frames from now on
    static Socket upgrade(Socket socket, String host, String path, Duration patience)
            throws IOException {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            var nonce = new byte[16];
            new SecureRandom().nextBytes(nonce);
            var key = Base64.getEncoder().encodeToString(nonce);
            ask(
                    socket,
                    """
                    GET %s HTTP/1.1\r
                    Host: %s\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: %s\r
                    Sec-WebSocket-Protocol: sip\r
                    \r
                    """
                            .formatted(path, host, key)
                            .getBytes(ISO_8859_1));
            check(head(socket), key);
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// What the other side said before it closed, such as that it wants a certificate, says more
    /// than that it has closed.
    private static void ask(Socket socket, byte[] octets) throws IOException {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            var _ = socket.getInputStream().read();
            throw e;
        }
    }

    /// Octet by octet: what follows the head is no more of it.
    private static String head(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        for (var matched = 0; matched < 4; ) {
            var octet = in.read();
            if (octet < 0) throw new EOFException("the peer closed it" + noise(head));
            head.write(octet);
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
            if (head.size() > LONGEST_HEAD)
                throw new Refused("what answers there is no web server" + noise(head));
        }
        return head.toString(ISO_8859_1);
    }

    private static String noise(ByteArrayOutputStream head) {
        return head.size() == 0
                ? ""
                : ": " + head.toString(ISO_8859_1).lines().findFirst().orElse("");
    }

    private static void check(String head, String key) throws Refused {
        var lines = head.lines().toList();
        var status = lines.getFirst().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1."))
            throw new Refused("what answers there is no web server: " + lines.getFirst());
        if (!status[1].equals("101"))
            throw new Refused(
                    "the upgrade to WebSocket was answered with %s: the path may be wrong (--ws-path), or it does not know the subprotocol sip"
                            .formatted(status[1]));
        var accepted = false;
        var sip = false;
        for (var line : lines) {
            var lower = line.toLowerCase(Locale.ROOT);
            accepted |=
                    lower.startsWith("sec-websocket-accept:")
                            && line.substring(21).strip().equals(proof(key));
            sip |=
                    lower.startsWith("sec-websocket-protocol:")
                            && lower.substring(23).strip().equals("sip");
        }
        if (!accepted || !sip)
            throw new Refused(
                    "the WebSocket there does not speak SIP — check the path (--ws-path)");
    }

    private static String proof(String key) {
        try {
            var sha = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
