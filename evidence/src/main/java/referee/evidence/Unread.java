// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Frames of one sort that could not be read, counted so that they make one gap and not one each.
final class Unread {
    private long first;
    private long count;

    void add(long frame) {
        if (count++ == 0) first = frame;
    }

    /// @param what a clause; the number of frames follows it
    void tell(Tally tally, Gap.Kind kind, String what) {
        if (count > 0)
            tally.missed(kind, first, what + ", " + count + (count == 1 ? " frame" : " frames"));
    }
}
