// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What tests against other people's programs have in common: where those are, and ports of the
/// loopback address that nobody uses.
final class Programs {
    static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private Programs() {}

    /// Skips the test, saying so, unless all of them are installed.
    static void assume(String... programs) {
        for (var one : programs) assumeTrue(find(one).isPresent(), one + " is not installed");
    }

    /// The path of an installed program, also of one for administrators.
    static Optional<Path> find(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(one -> Path.of(one, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The directory of the modules of a program, found by one of them.
    static Path modules(String module) throws IOException {
        for (var root : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
            if (!Files.isDirectory(root)) continue;
            try (var found = Files.find(root, 5, (path, _) -> path.endsWith(Path.of(module)))) {
                var first = found.findFirst();
                if (first.isPresent()) return first.get().toAbsolutePath().getParent();
            }
        }
        throw new IOException(module + " is not there");
    }

    /// A port that is free for UDP and TCP, and the one above it too: baresip listens there for
    /// TLS.
    static int freePort() throws IOException {
        for (var tries = 0; tries < 100; tries++) {
            try (var first = new ServerSocket(0, 1, HERE)) {
                var port = first.getLocalPort();
                if (port < 65_535 && isFree(port + 1) && isFreeForDatagrams(port)) return port;
            }
        }
        throw new IOException("no two free ports in a row");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, HERE)) {
            return isFreeForDatagrams(port);
        } catch (IOException _) {
            return false;
        }
    }

    static boolean isFreeForDatagrams(int port) {
        try (var _ = new DatagramSocket(new InetSocketAddress(HERE, port))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static boolean accepts(int port) {
        try (var _ = new Socket(HERE, port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Two minutes of silence: 8 kHz, 16 bits, one channel.
    static Path silence(Path directory) throws IOException {
        var octets = 1_920_000;
        var wave = ByteBuffer.allocate(44 + octets).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + octets);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
        wave.putShort((short) 2).putShort((short) 16);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(octets);
        return Files.write(directory.resolve("silence.wav"), wave.array());
    }
}
