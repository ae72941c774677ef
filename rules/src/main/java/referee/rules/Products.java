// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which product a User-Agent or Server names, by the words of `products.tsv`.
final class Products {
    private record Row(String word, String product) {}

    private static final List<Row> ALL = read();

    private Products() {}

    /// The product this text names, if it is one we know. A word counts at the start of the text,
    /// or behind something that is no letter.
    static Optional<String> of(String agent) {
        var text = agent.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(row -> names(text, row.word())).map(Row::product).findFirst();
    }

    static Set<String> names() {
        return ALL.stream().map(Row::product).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean names(String text, String word) {
        var at = text.indexOf(word);
        while (at > 0 && Character.isLetter(text.charAt(at - 1))) at = text.indexOf(word, at + 1);
        return at >= 0;
    }

    private static List<Row> read() {
        try (var in = Products.class.getResourceAsStream("products.tsv")) {
            if (in == null) throw new IllegalStateException("products.tsv is missing");
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0].toLowerCase(Locale.ROOT), cells[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
