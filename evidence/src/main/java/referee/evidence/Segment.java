// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What a TCP segment carried, copied, because an earlier one is not there yet.
///
/// @param sequence of its first octet
/// @param missing how many octets behind these the capture did not keep
/// @param fin whether the flow ends behind it
@SuppressWarnings("ArrayRecordComponent") // never compared
record Segment(int sequence, byte[] bytes, int missing, boolean fin, long frame, long nanos) {
    /// The sequence number behind it; numbers wrap around.
    int end() {
        return sequence + bytes.length + missing;
    }
}
