// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.LinkedHashMap;
import java.util.Map;
import referee.stack.Endpoint;

/// Is a node of its own at each address it listens at: what was asked at one is unknown at the
/// others.
final class Nodes implements Mischief {
    private static final int MOST_NODES = 100;

    private final Map<Endpoint, Gate> gates = new LinkedHashMap<>();

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        if (!turn.method().equals("REGISTER")) return false;
        var node = turn.flow().local();
        if (gates.size() >= MOST_NODES && !gates.containsKey(node)) return false;
        var gate = gates.computeIfAbsent(node, _ -> practice.gate(practice.manner()));
        if (!practice.asks(gate, turn)) practice.admit(turn);
        return true;
    }
}
