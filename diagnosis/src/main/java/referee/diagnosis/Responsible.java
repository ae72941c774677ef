// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Optional;
import referee.evidence.Endpoint;

/// Who has to act.
///
/// @param at the address it was seen at, where known
/// @param agent its User-Agent or Server, where it said one; as a peer wrote it, at most 200
///   characters
public record Responsible(Role role, Optional<Endpoint> at, Optional<String> agent) {
    public static Responsible of(Role role) {
        return new Responsible(role, Optional.empty(), Optional.empty());
    }

    public static Responsible of(Role role, Endpoint at) {
        return new Responsible(role, Optional.of(at), Optional.empty());
    }

    Responsible known(Agents agents) {
        return new Responsible(role, at, agent.or(() -> at.flatMap(agents::at)));
    }
}
