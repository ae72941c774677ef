// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Messages that lie beside the project, if they do; a test that needs them is skipped otherwise.
final class Corpus {
    private Corpus() {}

    static Path folder(String name) {
        return find(name)
                .orElseGet(
                        () -> Assumptions.abort("no shared/corpus/" + name + " above this module"));
    }

    static Optional<Path> find(String name) {
        for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            var found = up.resolve("shared/corpus").resolve(name);
            if (Files.isDirectory(found)) return Optional.of(found);
        }
        return Optional.empty();
    }

    static List<Path> files(String name) {
        try (var files = Files.walk(folder(name))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
