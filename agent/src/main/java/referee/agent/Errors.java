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
import java.util.Optional;
import javax.net.ssl.SSLException;
import referee.stack.TransportError;
import referee.stack.TransportError.Kind;

/// What an exception of the network means.
final class Errors {
    private Errors() {}

    static TransportError of(IOException e) {
        var detail = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return new TransportError(kind(e, detail.toLowerCase(Locale.ROOT)), detail);
    }

    private static Kind kind(IOException e, String detail) {
        return switch (e) {
            case TlsNames.Mismatch _ -> Kind.TLS_NAME;
            case SSLException _ -> Kind.TLS;
            case PortUnreachableException _ -> Kind.REFUSED;
            case ConnectException _ -> detail.contains("refused") ? Kind.REFUSED : Kind.UNREACHABLE;
            case NoRouteToHostException _, SocketTimeoutException _ -> Kind.UNREACHABLE;
            case UnknownHostException _ -> Kind.DNS;
            case EOFException _, ClosedChannelException _ -> Kind.CLOSED;
            default ->
                    detail.contains("unreachable")
                            ? Kind.UNREACHABLE
                            : detail.contains("reset")
                                            || detail.contains("broken pipe")
                                            || detail.contains("closed")
                                    ? Kind.CLOSED
                                    : Kind.OTHER;
        };
    }
}
