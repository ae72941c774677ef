// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option of probes that may go by an outbound proxy.
final class ProbeProxyOption {
    @Option(
            names = "--proxy",
            paramLabel = "URI",
            description = "Send everything through this proxy.")
    @Nullable String proxy;
}
