// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import referee.agent.Application;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Via;
import referee.stack.Destination;
import referee.stack.Draft;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.Target;
import referee.stack.UserAgent;

/// A stateless proxy (RFC 3261 §16.11) that writes a port into the Request-URI.
final class Between implements Application {
    private final Endpoint here;
    private final Endpoint server;
    private final Queue<Received> waiting = new ArrayDeque<>();

    Between(Endpoint here, Endpoint server) {
        this.here = here;
        this.server = server;
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        return List.of();
    }

    @Override
    public boolean enters(Received received) {
        waiting.add(received);
        return false;
    }

    @Override
    public Optional<Instant> wakeAt() {
        return Optional.ofNullable(waiting.peek()).map(Received::at);
    }

    @Override
    public List<Output> tick(UserAgent agent, Instant at) {
        var outputs = new ArrayList<Output>();
        for (var one = waiting.poll(); one != null; one = waiting.poll())
            outputs.add(passed(one.message()));
        return outputs;
    }

    private Output passed(SipMessage message) {
        var vias = message.values(Via.KIND);
        if (message.isRequest()) {
            var branch = vias.getFirst().branch().map(Slice::text).orElse("") + "p";
            var draft =
                    Draft.of(message)
                            .without("Route")
                            .onTop("Via", "SIP/2.0/UDP " + here + ";branch=" + branch);
            return to(server, draft.uri(draft.uri() + ":" + server.port() + ";transport=udp"));
        }
        var back = vias.get(1);
        return to(new Endpoint(back.host(), back.port()), Draft.of(message).withoutFirst("Via"));
    }

    private static Output to(Endpoint there, Draft draft) {
        var target = new Target(Transport.UDP, there, there.host());
        return new Output.Send(1, new Destination.To(target), Slice.of(draft.bytes()));
    }
}
