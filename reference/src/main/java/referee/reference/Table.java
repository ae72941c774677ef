// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of this jar: UTF-8, a row a line, columns apart by a tab, the first row their names. A
/// line that begins with `#` counts for nothing; a lone `-` stands for nothing.
final class Table {
    private final Map<String, Integer> columns;
    private final List<Row> rows;

    private Table(List<String> lines) {
        var names = List.of(lines.getFirst().split("\t", -1));
        columns =
                IntStream.range(0, names.size())
                        .boxed()
                        .collect(Collectors.toMap(names::get, i -> i));
        rows = lines.stream().skip(1).map(line -> new Row(List.of(line.split("\t", -1)))).toList();
    }

    /// The table in the resource of this name beside the class.
    static Table read(String name) {
        return new Table(text(name).lines().filter(line -> !line.startsWith("#")).toList());
    }

    /// The text of the resource of this name beside the class.
    static String text(String name) {
        try (var in = Table.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is missing");
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> rows() {
        return rows;
    }

    final class Row {
        private final List<String> cells;

        private Row(List<String> cells) {
            this.cells = cells;
        }

        /// The cell of this column, empty if it says nothing.
        String get(String column) {
            var at = columns.get(column);
            if (at == null) throw new IllegalArgumentException("no column " + column);
            var cell = cells.get(at);
            return cell.equals("-") ? "" : cell;
        }

        /// The number in this column, 0 if it says nothing.
        int number(String column) {
            var cell = get(column);
            return cell.isEmpty() ? 0 : Integer.parseInt(cell);
        }

        /// The parts of this cell, apart by this separator and a blank.
        List<String> list(String column, String separator) {
            var cell = get(column);
            return cell.isEmpty() ? List.of() : List.of(cell.split(separator + " ", -1));
        }
    }
}
