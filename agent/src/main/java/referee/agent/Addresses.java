// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import referee.stack.Endpoint;

/// Between the addresses of the JDK and those of the stack.
public final class Addresses {
    private Addresses() {}

    static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(text(address.getAddress()), Math.max(1, address.getPort()));
    }

    static referee.evidence.Endpoint seen(Endpoint endpoint) {
        return new referee.evidence.Endpoint(endpoint.host(), endpoint.port());
    }

    /// @throws UnknownHostException if it is no address in numbers
    static InetSocketAddress socket(Endpoint endpoint) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.ofLiteral(endpoint.host()), endpoint.port());
    }

    /// In numbers, IPv6 without scope and brackets.
    static String text(InetAddress address) {
        var text = address.getHostAddress();
        var scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /// The address of this host that packets to that one leave from. Sends nothing.
    ///
    /// @throws IOException if there is no way there
    public static InetAddress towards(InetAddress peer) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, 5060));
            return socket.getLocalAddress();
        }
    }
}
