// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.Optional;

/// What someone asked for, and the code that stands for it.
///
/// @param note says so where the two are not the same
record Named(Code code, Optional<String> note) {

    /// Reads `401`, `401 Unauthorized` or `4xx`; empty if it is nothing of the kind.
    static Optional<Named> of(String words) {
        var word = words.strip().replaceFirst("^[Ss][Ii][Pp]/2\\.0\\s+", "").split(" ", 2)[0];
        if (word.matches("[1-6][xX][xX]"))
            return CodeClass.of(100 * (word.charAt(0) - '0')).map(Named::ofClass);
        if (!word.matches("[1-6][0-9][0-9]")) return Optional.empty();
        var number = Integer.parseInt(word);
        var known = Codes.of(number);
        return known.isPresent()
                ? known.map(code -> new Named(code, Optional.empty()))
                : Codes.orGeneral(number).map(general -> ofUnknown(number, general));
    }

    private static Named ofClass(CodeClass codeClass) {
        var general = Codes.of(codeClass.general()).orElseThrow();
        var note =
                "%s is a class: each of its codes is %s. Below, %s speaks for it, which unknown codes of the class are treated as (RFC 3261 §8.1.3.2)."
                        .formatted(codeClass.word(), codeClass.noun(), general.title());
        return new Named(general, Optional.of(note));
    }

    private static Named ofUnknown(int number, Code general) {
        var note =
                "%d is not a known code; a client treats it as %s, which speaks for it below (RFC 3261 §8.1.3.2)."
                        .formatted(number, general.title());
        return new Named(general, Optional.of(note));
    }
}
