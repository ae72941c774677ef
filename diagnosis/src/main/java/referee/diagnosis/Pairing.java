// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where several calls look alike, nothing tells which of them the next leg belongs to, unless all
/// but one have their leg already.
final class Pairing {
    private Pairing() {}

    /// The only one without a leg, or else the only one there is.
    static <T> Optional<T> only(List<T> candidates, Predicate<T> hasLeg) {
        var open = candidates.stream().filter(hasLeg.negate()).toList();
        var rest = open.isEmpty() ? candidates : open;
        return rest.size() == 1 ? Optional.of(rest.getFirst()) : Optional.empty();
    }
}
