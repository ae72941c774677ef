// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.util.Optional;
import referee.diagnosis.Certainty;
import referee.diagnosis.DeadEnd;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;

/// Who has to act when nobody answered on this hop. Silence alone cannot tell the network from the
/// server; an ICMP error can.
record Silence(Hop hop, Optional<DeadEnd> deadEnd) {

    /// What ICMP adds to the sentence; empty if it said nothing.
    String says() {
        return deadEnd.map(end -> "; " + end.says()).orElse("");
    }

    Finding.Draft judge(Finding.Draft draft) {
        if (deadEnd.isEmpty()) {
            return draft.certainty(hop.silence()).blames(NETWORK).blames(SERVER, hop.server());
        }
        var end = deadEnd.get();
        draft.certainty(certainty(end)).proofFrames(end.frames());
        return switch (end.reason()) {
            case PORT, PROTOCOL -> refused(draft, end);
            case HOST -> draft.blames(SERVER, end.server());
            case PROHIBITED -> draft.blames(MIDDLEBOX, end.by());
            case NETWORK, LOOP -> draft.blames(NETWORK, end.by());
            case TOO_BIG -> draft.blames(CLIENT, hop.client()).blames(NETWORK, end.by());
            case REASSEMBLY -> draft.blames(NETWORK);
        };
    }

    /// A firewall may answer in place of the server.
    private static Finding.Draft refused(Finding.Draft draft, DeadEnd end) {
        draft.blames(SERVER, end.server());
        return end.isByServer() ? draft : draft.blames(MIDDLEBOX, end.by());
    }

    private Certainty certainty(DeadEnd end) {
        if (end.whole()) return Certainty.PROVEN;
        var alone = hop.silence();
        return alone == Certainty.POSSIBLE ? Certainty.LIKELY : alone;
    }
}
