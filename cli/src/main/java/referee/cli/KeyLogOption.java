// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import referee.evidence.KeyLog;

/// The option of every command that reads evidence which may be encrypted.
final class KeyLogOption {
    @Option(
            names = "--keylog",
            paramLabel = "FILE",
            description =
                    "The TLS secrets of the sessions in the evidence, as SSLKEYLOGFILE has them written.")
    @Nullable Path file;

    KeyLog read() throws IOException {
        return file == null ? KeyLog.none() : KeyLog.read(file);
    }
}
