// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.diagnosis.Rule;

/// The pages of the faults, read from beside their rules.
public final class Pages {
    private static final Map<String, Page> ALL =
            Rules.ALL.stream()
                    .map(Pages::read)
                    .collect(toMap(Page::id, page -> page, (one, _) -> one, LinkedHashMap::new));

    private Pages() {}

    /// In the order of [Rules#ALL].
    public static List<Page> all() {
        return List.copyOf(ALL.values());
    }

    /// The page of this fault, if there is such a fault.
    public static Optional<Page> of(String fault) {
        return Optional.ofNullable(ALL.get(fault));
    }

    private static Page read(Rule rule) {
        var type = rule.getClass();
        var flow = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".md")) {
            if (in == null) throw new IllegalStateException(rule.id() + " has no page");
            return Page.read(flow, rule.severity(), new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
