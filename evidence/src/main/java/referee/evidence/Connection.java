// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// The two ends of a TCP connection, the same for either direction.
record Connection(boolean v6, long highA, long lowA, int portA, long highB, long lowB, int portB) {
    static Connection of(Packet p) {
        return isForward(p)
                ? new Connection(
                        p.v6,
                        p.sourceHigh,
                        p.sourceLow,
                        p.sourcePort,
                        p.targetHigh,
                        p.targetLow,
                        p.targetPort)
                : new Connection(
                        p.v6,
                        p.targetHigh,
                        p.targetLow,
                        p.targetPort,
                        p.sourceHigh,
                        p.sourceLow,
                        p.sourcePort);
    }

    /// Whether this packet goes from A to B.
    static boolean isForward(Packet p) {
        if (p.sourceHigh != p.targetHigh) return p.sourceHigh < p.targetHigh;
        if (p.sourceLow != p.targetLow) return p.sourceLow < p.targetLow;
        return p.sourcePort <= p.targetPort;
    }

    @Override
    public int hashCode() {
        return (int) Hash.of(highA, lowA, highB, lowB, (long) portA << 16 | portB);
    }
}
