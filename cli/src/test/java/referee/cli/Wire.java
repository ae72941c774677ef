// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A capture of the loopback interface, where tshark is installed and may.
final class Wire implements AutoCloseable {
    private final Path file;
    private final Optional<Program> tshark;

    private Wire(Path file, Optional<Program> tshark) {
        this.file = file;
        this.tshark = tshark;
    }

    /// Captures what goes from and to these ports until it is closed.
    static Wire tap(Path directory, int... ports) throws IOException, InterruptedException {
        var file = directory.resolve("wire.pcapng");
        if (Programs.find("tshark").isEmpty()) return new Wire(file, Optional.empty());
        var filter =
                Arrays.stream(ports)
                        .mapToObj(port -> "port " + port)
                        .collect(Collectors.joining(" or "));
        var tshark =
                Program.start(
                        directory,
                        List.of("tshark", "-i", "lo", "-q", "-f", filter, "-w", file.toString()));
        try {
            tshark.await("Capture started");
            return new Wire(file, Optional.of(tshark));
        } catch (AssertionError _) { // no right to capture, or no interface of this name
            tshark.close();
            return new Wire(file, Optional.empty());
        }
    }

    @Override
    public void close() {
        tshark.ifPresent(Program::close);
    }

    /// Ends the capture, and judges it; empty where nothing could be captured.
    Optional<Judged> judged() {
        close();
        return tshark.isPresent() && Files.isReadable(file)
                ? Optional.of(Judged.of(file))
                : Optional.empty();
    }
}
