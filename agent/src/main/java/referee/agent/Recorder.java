// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.sip.Transport;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.TransportError;

/// Tells what is sent and received as sightings, numbered from 1. Owned by the agent's thread.
final class Recorder {
    private final Witness witness;
    private long number;

    Recorder(Witness witness) {
        this.witness = witness;
    }

    void received(Instant at, Flow flow, SipMessage message) {
        saw(at, flow.remote(), flow.local(), flow, message);
    }

    void sent(Instant at, Flow flow, SipMessage message) {
        saw(at, flow.local(), flow.remote(), flow, message);
    }

    /// What ICMP says reaches us through the kernel, which does not tell who said it.
    void lost(Instant at, Flow flow, TransportError error) {
        if (flow.transport() != Transport.UDP) return;
        var reason =
                switch (error.kind()) {
                    case REFUSED -> Unreachable.Reason.PORT;
                    default -> Unreachable.Reason.HOST;
                };
        var peer = Addresses.seen(flow.remote());
        witness.unreachable(
                new Unreachable(
                        ++number,
                        at,
                        new referee.evidence.Endpoint(peer.host(), 0),
                        Addresses.seen(flow.local()),
                        peer,
                        reason));
    }

    private void saw(Instant at, Endpoint from, Endpoint to, Flow flow, SipMessage message) {
        witness.saw(
                new Sighting(
                        ++number,
                        at,
                        Addresses.seen(from),
                        Addresses.seen(to),
                        flow.transport(),
                        message));
    }
}
