// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The codes that people confuse, two by two, with a paragraph on each pair: its first sentence
/// stands alone.
public final class Pairs {
    /// Two codes, the smaller first.
    private record Pair(int one, int other) {}

    private static final Map<Pair, String> ALL = read();

    private Pairs() {}

    /// What separates these two, in either order; empty if nobody confuses them.
    public static Optional<String> of(Code one, Code other) {
        var pair =
                new Pair(
                        Math.min(one.number(), other.number()),
                        Math.max(one.number(), other.number()));
        return Optional.ofNullable(ALL.get(pair));
    }

    /// The codes that this one is confused with, and what separates them, by number.
    public static Map<Code, String> with(Code code) {
        var found = new TreeMap<Integer, String>();
        ALL.forEach((pair, words) -> {
            if (pair.one() == code.number()) found.put(pair.other(), words);
            if (pair.other() == code.number()) found.put(pair.one(), words);
        });
        var codes = new LinkedHashMap<Code, String>();
        found.forEach((number, words) -> codes.put(Codes.of(number).orElseThrow(), words));
        return codes;
    }

    private static Map<Pair, String> read() {
        var pairs = new LinkedHashMap<Pair, String>();
        Sections.of(Table.text("pairs.md"))
                .text()
                .forEach((heading, text) -> {
                    var codes = heading.split(" ", -1);
                    var pair = new Pair(Integer.parseInt(codes[0]), Integer.parseInt(codes[1]));
                    pairs.put(pair, text.strip().replace('\n', ' '));
                });
        return pairs;
    }
}
