// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Asks for the credentials of one method in a manner of its own.
final class Asking implements Mischief {
    private final String method;
    private final UnaryOperator<Gate.Manner> how;
    private Optional<Gate> gate = Optional.empty();

    Asking(String method, UnaryOperator<Gate.Manner> how) {
        this.method = method;
        this.how = how;
    }

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        if (!turn.method().equals(method)) return false;
        if (gate.isEmpty()) gate = Optional.of(practice.gate(how.apply(practice.manner())));
        if (!practice.asks(gate.get(), turn)) practice.admit(turn);
        return true;
    }
}
