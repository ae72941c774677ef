// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import referee.practice.Fault;

/// What the last column of docs/practice-faults.md says of a fault.
///
/// @param needsMore whether it takes somebody weak, or a judge who knows more, for it to be named
/// @param also the ids of what is found besides
record Remark(boolean needsMore, Set<String> also) {
    private static final Path TABLE = Path.of("../docs/practice-faults.md");
    private static final Map<String, Remark> ALL = read();

    static Remark of(Fault fault) {
        return ALL.get(fault.name());
    }

    private static Map<String, Remark> read() {
        var all = new HashMap<String, Remark>();
        try {
            for (var line : Files.readAllLines(TABLE)) {
                var cells = List.of(line.split(" ?\\| ?", -1));
                if (cells.size() < 5 || !cells.get(1).startsWith("`")) continue;
                all.put(cells.get(1).replace("`", ""), of(cells.get(4)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Remark of(String cell) {
        var at = cell.indexOf("also ");
        var also = at < 0 ? Set.<String>of() : Set.of(cell.substring(at + 5).split(", ", -1));
        return new Remark(cell.startsWith("with ") || cell.startsWith("by "), also);
    }
}
