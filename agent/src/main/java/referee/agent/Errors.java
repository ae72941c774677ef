// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.TransportError;
import referee.stack.TransportError.Kind;

/// What an exception of the network means.
final class Errors {
    private Errors() {}

    /// @param peer whom it happened with
    static TransportError of(IOException e, Transport transport, Endpoint peer) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof SSLException tls)
                return TlsErrors.beneath(tls)
                        .map(one -> of(one, transport, peer))
                        .orElseGet(() -> TlsErrors.of(tls));
        var text = text(e);
        var kind = kind(e, text.toLowerCase(Locale.ROOT));
        return new TransportError(kind, "%s (%s %s)".formatted(text, transport, peer));
    }

    private static Kind kind(IOException e, String text) {
        return switch (e) {
            case PortUnreachableException _ -> Kind.REFUSED;
            case ConnectException _ -> text.contains("refused") ? Kind.REFUSED : Kind.UNREACHABLE;
            case NoRouteToHostException _, SocketTimeoutException _ -> Kind.UNREACHABLE;
            case UnknownHostException _ -> Kind.DNS;
            case EOFException _, ClosedChannelException _ -> Kind.CLOSED;
            default ->
                    text.contains("unreachable")
                            ? Kind.UNREACHABLE
                            : text.contains("reset")
                                            || text.contains("broken pipe")
                                            || text.contains("closed")
                                    ? Kind.CLOSED
                                    : Kind.OTHER;
        };
    }

    /// The first words that any cause has.
    private static String text(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause.getMessage() != null) return TlsErrors.clean(cause.getMessage());
        return e.getClass().getSimpleName();
    }
}
