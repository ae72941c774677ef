// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.Transport;

/// One place a request can be sent to, as found by RFC 3263 §4.
///
/// @param name the host that was looked up: what a TLS certificate has to say (RFC 5922 §7.2)
public record Target(Transport transport, Endpoint address, String name) {
    @Override
    public String toString() {
        return transport + " " + address;
    }
}
