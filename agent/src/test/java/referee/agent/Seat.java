// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.stack.Event;
import referee.stack.Flow;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;
import referee.stack.TransportError;

/// An [Application] on a host of the simulated network, driven as an [Agent] drives it.
public record Seat(Application application) implements SimNet.Application {
    @Override
    public void on(Host host, Event event) {
        host.carryOut(application.on(host.agent(), host.now(), event));
    }

    @Override
    public Optional<Instant> wakeAt() {
        return application.wakeAt();
    }

    @Override
    public void tick(Host host) {
        host.carryOut(application.tick(host.agent(), host.now()));
    }

    @Override
    public void lost(Host host, Flow flow, TransportError error) {
        application.lost(host.now(), flow, error);
    }

    @Override
    public List<Output.Send> leaving(Instant at, Output.Send send) {
        return application.leaving(at, send);
    }

    @Override
    public boolean enters(Received received) {
        return application.enters(received);
    }
}
