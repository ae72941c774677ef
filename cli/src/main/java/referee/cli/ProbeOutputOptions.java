// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of every probe: what it writes.
@Command(
        footer = {
            "",
            "The timeline goes to standard error, the verdict to standard output. Calls are ended and bindings removed at the end. A password comes from a file, from REFEREE_PASSWORD or from a prompt."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the outcome was as wanted",
            "1:it failed, or nobody told the outcome",
            "2:the command line is wrong",
            "3:rejected",
            "4:credentials rejected",
            "5:timed out",
            "6:busy",
            "7:network: no address, nobody listens, no way there, TLS"
        })
final class ProbeOutputOptions {
    enum Format {
        TEXT,
        JSON,
        JUNIT
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or junit. Default: ${DEFAULT-VALUE}.")
    Format format;

    @Option(
            names = "--nagios",
            description =
                    "One line with performance data, and the exit codes 0, 1, 2 and 3 of monitoring plugins.")
    boolean nagios;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write what was sent and received to this .pcap or .trace.")
    @Nullable Path save;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeOutputOptions() {}

    Optional<Path> save() {
        return Optional.ofNullable(save);
    }

    /// @return the exit code
    int write(ProbeReport verdict) throws IOException {
        if (nagios) return verdict.nagios();
        switch (format) {
            case TEXT -> verdict.text();
            case JSON -> verdict.json();
            case JUNIT -> verdict.junit();
        }
        return verdict.exitCode();
    }
}
