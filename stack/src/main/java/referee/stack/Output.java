// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.SipUri;
import referee.sip.Slice;

/// What is to be done now.
public sealed interface Output permits Output.Send, Output.Lookup, Output.Close, Event {
    /// Send one whole message.
    ///
    /// @param id to name it by in [UserAgent#failed]
    record Send(long id, Destination to, Slice bytes) implements Output {}

    /// Find the targets of this URI (RFC 3263 §4) and hand them to [UserAgent#resolved]. Numbers
    /// are never asked for.
    record Lookup(long id, SipUri uri) implements Output {}

    /// Close the connection of this flow; a socket for datagrams stays open. Whoever has to know is
    /// told by [UserAgent#lost].
    record Close(Flow flow) implements Output {}
}
