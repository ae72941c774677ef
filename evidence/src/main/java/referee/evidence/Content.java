// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What one direction of a TCP connection carries, octets in order.
interface Content {
    /// Whether it is nothing that is read here, and costs nothing from now on.
    boolean isOther();

    /// How many octets wait for others.
    int held();

    /// The next octets.
    void feed(byte[] bytes, int from, int to, long frame, long nanos);

    /// Octets before the next ones are not in the capture.
    void lost(int octets, long frame, long nanos);

    /// The capture kept only the first octets of what this segment carries.
    void cut(int kept, int missing, long frame, long nanos);

    /// A segment that fills a hole after it was given up.
    void late(Packet packet);

    /// The flow ends with this segment.
    void end(long frame, long nanos);

    /// Nothing more will come, as far as the source tells.
    void end();

    /// There is no room for what waits.
    void letGo(int octets);
}
