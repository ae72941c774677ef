// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.stack.Endpoint;
import referee.stack.Flow;
import referee.stack.TransportError;

/// Tells what is sent and received as sightings, numbered from 1. Owned by the agent's thread.
final class Recorder {
    static final Witness NOBODY =
            new Witness() {
                @Override
                public void saw(Sighting sighting) {}

                @Override
                public void missed(Gap gap) {}
            };

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

    void lost(Instant at, Flow flow, TransportError error) {}

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
