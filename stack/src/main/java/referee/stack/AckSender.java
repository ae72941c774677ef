// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// The ACKs of 2xx: each a request of its own, the same again for each copy of its 2xx (RFC 3261
/// §13.2.2.4).
final class AckSender {
    private static final int MOST = 64;

    private final Floor floor;
    private final Map<String, Output.Send> sent = new HashMap<>();

    /// Those that wait for their name to be looked up.
    private final Set<String> due = new HashSet<>();

    AckSender(Floor floor) {
        this.floor = floor;
    }

    private static String key(SipMessage response) {
        return Copies.toTag(response) + " " + Exchange.numberOf(response);
    }

    /// @return whether this 2xx has been acknowledged before; then it is now once more, unless its
    ///   first ACK is still to go
    boolean repeat(SipMessage response) {
        var before = sent.get(key(response));
        if (before == null) return due.contains(key(response));
        floor.desk().send(before.to(), before.bytes(), (_, _) -> {});
        return true;
    }

    /// @param answer the session description that answers a late offer, or nothing
    void send(Instant at, Dialog dialog, SipMessage invite, SipMessage response, Slice answer) {
        var draft =
                dialog.request("ACK", floor.desk().setup.product())
                        .with("CSeq", Exchange.numberOf(response) + " ACK")
                        .with(Copies.lines(invite, HeaderName.AUTHORIZATION))
                        .with(Copies.lines(invite, HeaderName.PROXY_AUTHORIZATION));
        var whole = answer.isEmpty() ? draft : draft.body("application/sdp", answer);
        var way = dialog.way(whole, floor.desk().setup.isSymmetric());
        var back = new Destination.Over(dialog.flow());
        var hop = way.named();
        if (way.flow().isPresent() || hop.isEmpty()) {
            send(key(response), whole, back);
            return;
        }
        var target = Way.literal(hop.get(), floor.desk().setup);
        if (target.isPresent()) {
            send(key(response), whole, new Destination.To(target.get()));
            return;
        }
        due.add(key(response));
        floor.lookup((_, found) -> send(key(response), whole, first(found, back)), hop.get());
    }

    /// A name that leads nowhere: back where the 2xx came from, which is better than no ACK.
    private static Destination first(List<Target> found, Destination back) {
        return found.isEmpty() ? back : new Destination.To(found.getFirst());
    }

    private void send(String key, Draft draft, Destination to) {
        due.remove(key);
        var ack = floor.transactions().ack(draft, to);
        if (sent.size() < MOST) sent.put(key, ack);
    }
}
