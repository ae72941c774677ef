// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Optional;
import referee.evidence.Endpoint;

/// Who has to act.
///
/// @param at the address it was seen at, where known
public record Responsible(Role role, Optional<Endpoint> at) {
    public static Responsible of(Role role) {
        return new Responsible(role, Optional.empty());
    }

    public static Responsible of(Role role, Endpoint at) {
        return new Responsible(role, Optional.of(at));
    }
}
