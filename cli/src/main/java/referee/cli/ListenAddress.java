// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Reads where to listen: an address in numbers and a port.
final class ListenAddress {
    private ListenAddress() {}

    /// @param text such as `127.0.0.1:5060` or `[::1]:5060`
    static InetSocketAddress read(CommandSpec spec, String text) {
        var colon = text.lastIndexOf(':');
        try {
            var host = text.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "");
            var port = Integer.parseInt(text.substring(colon + 1));
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    text + " — is no address and port — write 127.0.0.1:5060 or [::1]:5060",
                    e);
        }
    }
}
