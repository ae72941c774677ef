// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.Flow;
import referee.stack.TransportError;

/// Who is told what happens on sockets; from any thread.
interface Ears {
    void received(Flow flow, SipMessage message);

    /// What came is no SIP; one clause says why.
    void noise(Flow flow, String why);

    /// A message goes out now; told before it does, so that no answer can be told first.
    void sent(Flow flow, Slice bytes);

    /// A message could not be sent.
    ///
    /// @param send its id
    void failed(long send, TransportError error);

    /// The flow is no more, or the peer was found not to be there.
    void lost(Flow flow, TransportError error);
}
