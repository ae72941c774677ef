// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The parameters of a challenge or of credentials while they are put together, in order.
final class DigestParts {
    private final Map<String, String> parts = new LinkedHashMap<>();

    void put(String name, String value) {
        parts.put(name, value);
    }

    void remove(String name) {
        parts.remove(name);
    }

    /// The value, or an empty text where there is none.
    String get(String name) {
        return parts.getOrDefault(name, "");
    }

    /// The header's value.
    ///
    /// @param words say which parameters are left out, and which are quoted against the rule
    /// @param usuallyQuoted the parameters whose values are quoted by rule
    String written(AutoWords words, Set<String> usuallyQuoted) {
        words.names("without").forEach(parts::remove);
        var quoted = words.names("quoted");
        var unquoted = words.names("unquoted");
        return parts.entrySet().stream()
                .map(part -> {
                    var name = part.getKey();
                    var quotes =
                            quoted.contains(name)
                                    || usuallyQuoted.contains(name) && !unquoted.contains(name);
                    var mark = quotes ? "\"" : "";
                    return name + "=" + mark + part.getValue() + mark;
                })
                .collect(Collectors.joining(", ", "Digest ", ""));
    }
}
