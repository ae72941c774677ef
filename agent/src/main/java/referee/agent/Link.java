// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import referee.sip.Slice;

/// A way to one peer. Sending never blocks; what becomes of it is told to [Ears].
interface Link extends AutoCloseable {
    /// @param id of the message, for [Ears#failed]
    void send(long id, Slice bytes);

    /// Keeps the connection open on the way there. Whoever opened it pings (RFC 5626 §4.4.1).
    default void ping() {}

    boolean isOpen();

    @Override
    void close();
}
