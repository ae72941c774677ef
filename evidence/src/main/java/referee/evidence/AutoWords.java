// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `name=text` words behind `auto`.
///
/// @param all by name, in the order written
record AutoWords(Map<String, String> all) {
    static final AutoWords NONE = new AutoWords(Map.of());

    static boolean isAuto(String value) {
        return value.equals("auto") || value.startsWith("auto ");
    }

    /// @param value `auto` and the words behind it
    /// @param known the names that may stand there
    static AutoWords of(String value, Set<String> known) throws TraceError {
        var words = new LinkedHashMap<String, String>();
        for (var word : value.split("\\s+", -1)) {
            if (word.equals("auto")) continue;
            var equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || !known.contains(name))
                throw new TraceError("unknown word '" + name + "' behind auto");
            words.put(name, word.substring(equals + 1));
        }
        return new AutoWords(words);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(all.get(name));
    }

    String get(String name, String otherwise) {
        return all.getOrDefault(name, otherwise);
    }

    /// What is hashed in place of this value.
    String hashed(String name, String written) {
        return all.getOrDefault("hash-" + name, written);
    }

    /// The comma-separated names of this word.
    List<String> names(String word) {
        return List.of(all.getOrDefault(word, "").split(",", -1));
    }
}
