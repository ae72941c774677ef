// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Where a message came from or went to.
///
/// @param host an IP address as text, IPv6 in its short form without brackets; or a name where the
///   source gives no address
/// @param port 0 to 65535; 0 where the source gives none
public record Endpoint(String host, int port) {
    /// Such as `192.0.2.10:5060` or `[2001:db8::1]:5060`; without a port the host alone.
    @Override
    public String toString() {
        if (port == 0) return host;
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
