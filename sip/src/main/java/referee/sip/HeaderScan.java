// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// How far the headers of one message of a stream have been looked at, so that no octet is looked
/// at twice while the message comes in pieces.
///
/// All places count from the message's first octet, wherever it lies at the moment.
final class HeaderScan {
    private static final String NAME = "content-length";

    private int looked;
    private int lineFrom;
    private int lengthFrom;
    private int headersLength;
    private long total;

    HeaderScan() {
        reset();
    }

    void reset() {
        looked = 0;
        lineFrom = 0;
        lengthFrom = -1;
        headersLength = 0;
        total = -1;
    }

    /// How many octets the message has, or -1 as long as its headers have not ended.
    long total() {
        return total;
    }

    /// Start line and headers with the empty line behind them, once [#total] is known.
    int headersLength() {
        return headersLength;
    }

    /// Where the first line ends: the index of its LF, or -1 if it is not there yet.
    int lineEnd(byte[] bytes, int from, int to) {
        var end = Math.min(to, from + StreamFramer.LONGEST);
        for (var i = from + looked; i < end; i++) {
            if (bytes[i] == '\n') return i;
        }
        looked = end - from;
        return -1;
    }

    void startLineEnds(int length) {
        looked = length;
        lineFrom = length;
    }

    /// Reads header lines on.
    ///
    /// @return whether the headers are whole
    boolean headers(byte[] bytes, int from, int to) {
        while (true) {
            var lf = lineEnd(bytes, from, to);
            if (lf < 0) return false;
            var start = from + lineFrom;
            lineFrom = looked = lf + 1 - from;
            if (lf == start || lf == start + 1 && bytes[start] == '\r') break;
            if (lengthFrom < 0 && isContentLength(bytes, start, lf)) lengthFrom = start - from;
        }
        headersLength = looked;
        total = headersLength + Math.max(0, contentLength(bytes, from));
        return true;
    }

    private static boolean isContentLength(byte[] bytes, int from, int to) {
        var first = Slice.lower(bytes[from]);
        if (first != 'c' && first != 'l') return false;
        var colon = from;
        while (colon < to && bytes[colon] != ':') colon++;
        var end = colon;
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) end--;
        var name = new Slice(bytes, from, end);
        return colon < to && (name.isIgnoreCase("l") || name.isIgnoreCase(NAME));
    }

    /// The number, or -1 where there is none that can be read. It may be on folded lines.
    private long contentLength(byte[] bytes, int from) {
        if (lengthFrom < 0) return -1;
        var valueFrom = from + lengthFrom;
        while (bytes[valueFrom] != ':') valueFrom++;
        var valueTo = valueFrom;
        do {
            while (bytes[valueTo] != '\n') valueTo++;
            valueTo++;
        } while (bytes[valueTo] == ' ' || bytes[valueTo] == '\t');
        return new Slice(bytes, valueFrom + 1, valueTo).trim().number();
    }
}
