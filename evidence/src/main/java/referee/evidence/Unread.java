// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Frames of one sort that could not be read, counted so that they make one gap and not one each.
final class Unread {
    private long first;
    private long count;

    void add(long frame) {
        if (count++ == 0) first = frame;
    }

    /// @param what continues the sentence behind the number of frames
    void tell(Tally tally, Gap.Kind kind, String what) {
        if (count > 0) tally.missed(kind, first, count + " " + what);
    }
}
