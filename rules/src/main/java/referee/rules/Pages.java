// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Rule;

/// The pages of the faults, read from beside their rules.
public final class Pages {
    private Pages() {}

    /// In the order of [Rules#ALL].
    public static List<Page> all() {
        return Rules.ALL.stream().map(Pages::of).toList();
    }

    /// The page of this fault, if there is such a fault.
    public static Optional<Page> of(String fault) {
        return Rules.ALL.stream()
                .filter(rule -> rule.id().equals(fault))
                .findFirst()
                .map(Pages::of);
    }

    public static Page of(Rule rule) {
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
