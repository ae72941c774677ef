// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The response codes: every registered one, and those unregistered ones that are met in the field.
public final class Codes {
    private static final Map<Integer, Code> ALL =
            Table.read("codes.tsv").rows().stream()
                    .map(Code::of)
                    .collect(toMap(Code::number, identity(), (one, _) -> one, LinkedHashMap::new));

    private Codes() {}

    /// By number.
    public static List<Code> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<Code> of(int number) {
        return Optional.ofNullable(ALL.get(number));
    }

    /// The code itself, or the one that a client treats it as (RFC 3261 §8.1.3.2): 183 for an
    /// unknown provisional one, x00 of the class for an unknown final one. Empty unless it is 100
    /// to 699.
    public static Optional<Code> orGeneral(int number) {
        return of(number).or(() -> CodeClass.of(number).flatMap(one -> of(one.general())));
    }

    /// By number.
    public static List<Code> of(CodeClass codeClass) {
        return ALL.values().stream().filter(code -> code.codeClass() == codeClass).toList();
    }
}
