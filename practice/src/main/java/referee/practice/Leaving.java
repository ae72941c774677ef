// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.Destination;
import referee.stack.Draft;
import referee.stack.Endpoint;
import referee.stack.Output;
import referee.stack.Target;

/// A message of ours on its way out.
///
/// @param send the message as octets, and whereto
/// @param message the same, read
record Leaving(Practice practice, Instant at, Output.Send send, SipMessage message) {
    /// To be changed.
    Draft draft() {
        return Draft.of(message);
    }

    /// These instead, the same way.
    List<Output.Send> as(Draft... drafts) {
        return Stream.of(drafts).map(this::as).toList();
    }

    private Output.Send as(Draft draft) {
        return new Output.Send(send.id(), send.to(), Slice.of(draft.bytes()));
    }

    /// As it is.
    List<Output.Send> unchanged() {
        return List.of(send);
    }

    /// The same message, to another port of the same host.
    List<Output.Send> toPort(int port) {
        var host = send.to().remote().host();
        var there = new Target(send.to().transport(), new Endpoint(host, port), host);
        return List.of(new Output.Send(send.id(), new Destination.To(there), send.bytes()));
    }
}
