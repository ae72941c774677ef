// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.net.Socket;
import java.util.function.Consumer;
import referee.sip.Slice;
import referee.stack.Flow;
import referee.stack.TransportError;

/// How messages are told apart on a connection.
interface Speech {
    /// A message as it goes over the wire.
    Slice out(Slice message);

    /// What keeps a connection of ours open, as it goes over the wire.
    Slice ping();

    /// Reads until there is nothing more to read; blocks.
    ///
    /// @param answer takes octets that are to be sent as they are
    /// @return why it is the end
    TransportError hear(Socket from, Flow flow, Consumer<Slice> answer);
}
