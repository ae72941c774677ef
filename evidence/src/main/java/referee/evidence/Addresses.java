// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Reads addresses as a trace writes them: `192.0.2.10`, `192.0.2.10:5060`, `[2001:db8::1]:5060`,
/// or a host name where a source gives no address.
final class Addresses {
    private static final int LONGEST = 255;

    private Addresses() {}

    /// @param usual the port where none is written
    static Endpoint read(String address, int usual) throws TraceError {
        var close = address.indexOf(']');
        var colon = address.indexOf(':', Math.max(0, close));
        var host = colon < 0 ? address : address.substring(0, colon);
        var port = colon < 0 ? usual : port(address, address.substring(colon + 1));
        return new Endpoint(host(address, host), port);
    }

    private static String host(String address, String host) throws TraceError {
        if (host.length() > LONGEST) throw wrong(address);
        if (host.startsWith("[") && host.endsWith("]"))
            return literal(address, host.substring(1, host.length() - 1), true);
        if (host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9'))
            return literal(address, host, false);
        if (!host.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '.'))
            throw wrong(address);
        return host;
    }

    /// The short form that captures have, too.
    private static String literal(String address, String text, boolean six) throws TraceError {
        try {
            var octets = InetAddress.ofLiteral(text);
            if (!six && octets instanceof Inet4Address && octets.getHostAddress().equals(text))
                return text;
            if (six && text.indexOf(':') >= 0)
                return text.indexOf('%') >= 0 ? text : six(octets.getAddress());
        } catch (IllegalArgumentException e) {
            throw wrong(address);
        }
        throw wrong(address);
    }

    private static String six(byte[] octets) {
        var buffer = ByteBuffer.wrap(octets);
        if (octets.length == 4)
            return IpText.v6(0, 0xffff_0000_0000L | buffer.getInt() & 0xffff_ffffL);
        return IpText.v6(buffer.getLong(), buffer.getLong());
    }

    private static int port(String address, String digits) throws TraceError {
        if (!TraceGrammar.isNumber(digits) || digits.length() > 5) throw wrong(address);
        var port = Integer.parseInt(digits);
        if (port > 65535) throw new TraceError("port out of range in '" + address + "'");
        return port;
    }

    private static TraceError wrong(String address) {
        return new TraceError(
                "expected a name or an address such as 192.0.2.10:5060, and found '"
                        + address
                        + "'");
    }
}
