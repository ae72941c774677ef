// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.Transport;

/// How a message came, and how to send back the same way: a connection, or a socket and a peer.
///
/// @param id of the driver's own; what is equal is the same flow
public record Flow(Transport transport, Endpoint local, Endpoint remote, long id) {
    @Override
    public String toString() {
        return transport + " " + local + " → " + remote;
    }
}
