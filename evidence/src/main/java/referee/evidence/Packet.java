// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// The frame that is being taken apart. One instance serves a whole capture; each layer moves
/// [#from] and [#to] to what it carries.
final class Packet {
    /// No honest packet is in more packets than this.
    static final int MAX_DEPTH = 8;

    /// 1-based, over the whole file.
    long frame;

    /// Since 1970, in nanoseconds.
    long nanos;

    /// How many octets of the frame the capture kept, and how many there were.
    int captured;

    int original;

    byte[] bytes = new byte[0];

    /// What is there of the current layer: first octet, inclusive, and end, exclusive.
    int from;

    int to;

    /// How many octets that belong behind [#to] the capture did not keep.
    int missing;

    /// How many packets were opened to get here.
    int depth;

    /// Addresses of the innermost IP header. An IPv4 address is in the low half.
    boolean v6;

    long sourceHigh;
    long sourceLow;
    long targetHigh;
    long targetLow;
    int sourcePort;
    int targetPort;

    /// Counts one packet more; false if these are too many.
    boolean goDeeper() {
        return ++depth <= MAX_DEPTH;
    }

    int length() {
        return to - from;
    }
}
