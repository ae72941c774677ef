// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One piece of evidence that the command line names.
///
/// @param name as the user wrote it; `-` for standard input
/// @param listed whether it was found in a directory, and not named itself
record Source(String name, boolean listed) {
    boolean isStandardInput() {
        return name.equals("-");
    }

    /// The files that these names stand for: a directory for all files in it and below, by name.
    static List<Source> of(List<String> names) throws IOException {
        var sources = new ArrayList<Source>();
        for (var name : names) {
            var path = Path.of(name);
            if (name.equals("-")) sources.add(new Source(name, false));
            else if (Files.isDirectory(path)) sources.addAll(in(path));
            else sources.add(new Source(name, false));
        }
        return sources;
    }

    private static List<Source> in(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> new Source(file.toString(), true))
                    .toList();
        }
    }
}
