// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;
import java.util.Optional;

/// Where a request can still be sent to, best first (RFC 3263 §4.3): the next one is tried where
/// one does not answer, cannot be reached or answers 503.
public record Targets(List<Target> left) {
    private static final int MOST = 32;

    public Targets {
        left = List.copyOf(left.size() > MOST ? left.subList(0, MOST) : left);
    }

    public Optional<Target> next() {
        return left.stream().findFirst();
    }

    public Targets rest() {
        return new Targets(left.isEmpty() ? left : left.subList(1, left.size()));
    }
}
