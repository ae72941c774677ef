// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import referee.sip.Slice;
import referee.sip.Transport;

/// Reads addresses and transports as logs write them.
final class LogAddress {
    private LogAddress() {}

    /// @param text such as `192.0.2.10:5060`, `[2001:db8::1]:5060`, `2001:db8::1` or a host name
    static Optional<Endpoint> of(String text) {
        return of(text, 0);
    }

    /// @param usual the port where none is written
    static Optional<Endpoint> of(String text, int usual) {
        try {
            var bare = text.indexOf(':') != text.lastIndexOf(':') && text.indexOf('[') < 0;
            return Optional.of(Addresses.read(bare ? "[" + text + "]" : text, usual));
        } catch (TraceError e) {
            return Optional.empty();
        }
    }

    /// @param port digits, or empty text
    static Optional<Endpoint> of(String host, String port, int usual) {
        var number = port.isEmpty() ? usual : Integer.parseInt(port);
        if (number > 65535) return Optional.empty();
        return of(host).map(one -> new Endpoint(one.host(), number));
    }

    static Optional<Transport> transport(String word) {
        var plain = word.endsWith("6") ? word.substring(0, word.length() - 1) : word;
        return Transport.of(Slice.of(plain));
    }

    static int usualPort(Transport transport) {
        return switch (transport) {
            case UDP, TCP, SCTP -> 5060;
            case TLS -> 5061;
            case WS, WSS -> 0;
        };
    }

    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
