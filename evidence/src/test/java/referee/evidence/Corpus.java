// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Real captures that lie beside the project, if they do; a test that needs them is skipped
/// otherwise.
final class Corpus {
    private Corpus() {}

    static Path folder() {
        for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            var found = up.resolve("shared/corpus");
            if (Files.isDirectory(found)) return found;
        }
        return Assumptions.abort("no shared/corpus folder above this module");
    }

    static List<Path> captures() throws IOException {
        try (var files = Files.walk(folder().resolve("captures"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
