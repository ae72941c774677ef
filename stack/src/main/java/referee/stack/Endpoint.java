// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// An address and port in numbers; nothing to look up.
///
/// @param host IPv4, or IPv6 without brackets
/// @param port 1 to 65535
public record Endpoint(String host, int port) {
    public boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    /// As a URI or Via holds it: `192.0.2.1:5060`, `[2001:db8::1]:5060`.
    @Override
    public String toString() {
        return hostPart() + ":" + port;
    }

    String hostPart() {
        return isIpv6() ? "[" + host + "]" : host;
    }
}
