// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.Transport;

/// What Via and Contact say for a transport.
///
/// @param address where responses and requests reach us; for WebSocket a name that ends in
///   `.invalid` (RFC 7118 appendix B.1)
public record Local(Transport transport, Endpoint address) {
    String via(String branch) {
        return "SIP/2.0/" + transport + " " + address + ";rport;branch=" + branch;
    }

    /// @param user empty for none
    /// @param secure whether it has to be a SIPS URI (RFC 3261 §12.1.1)
    String contact(String user, boolean secure) {
        return (secure ? "sips:" : "sip:") + (user.isEmpty() ? "" : user + "@") + address + param();
    }

    /// A plain `sip:` URI means UDP.
    private String param() {
        return transport == Transport.UDP ? "" : ";transport=" + transport.parameter();
    }
}
