// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Finds a start line (RFC 3261 §7.1 and §7.2) in a line of a stream that may hold other things.
final class FirstLine {
    private static final int LONGEST_METHOD = 64;

    private FirstLine() {}

    /// Where in this line a start line begins: at its first octet, or behind what is left of a
    /// message whose body did not end in a line end.
    ///
    /// @param to end of the line, without its line end
    /// @return an index into the bytes, or -1 if there is none
    static int find(byte[] bytes, int from, int to) {
        var end = to;
        while (end > from && Slice.isWhite(bytes[end - 1])) end--;
        if (isStatusLine(bytes, from, end)) return from;
        var word = wordBefore(bytes, from, end);
        if (isVersion(bytes, word, end)) return request(bytes, from, word);
        for (var i = from + 1; i < end; i++) {
            if (bytes[i] == 'S' && isStatusLine(bytes, i, end)) return i;
        }
        return -1;
    }

    private static boolean isStatusLine(byte[] bytes, int from, int to) {
        if (!isVersion(bytes, from, to)) return false;
        var i = from + 4;
        while (i < to && !isBlank(bytes[i])) i++;
        while (i < to && isBlank(bytes[i])) i++;
        return i < to && bytes[i] >= '0' && bytes[i] <= '9';
    }

    /// @param version where the last word of the line, a SIP version, begins
    private static int request(byte[] bytes, int from, int version) {
        var i = from;
        while (i < version && i - from < LONGEST_METHOD && Chars.isToken(bytes[i])) i++;
        if (i > from && i < version && isBlank(bytes[i]) && hasWord(bytes, i, version)) return from;
        var uriTo = version;
        while (uriTo > from && isBlank(bytes[uriTo - 1])) uriTo--;
        var uri = wordBefore(bytes, from, uriTo);
        if (uri == uriTo || uri == from) return -1;
        return knownMethodBefore(bytes, from, uri - 1);
    }

    private static int knownMethodBefore(byte[] bytes, int from, int to) {
        for (var method : Methods.ALL) {
            var start = to - method.length();
            if (start >= from && new Slice(bytes, start, to).is(method)) return start;
        }
        return -1;
    }

    private static boolean hasWord(byte[] bytes, int from, int to) {
        for (var i = from; i < to; i++) {
            if (!Slice.isWhite(bytes[i])) return true;
        }
        return false;
    }

    private static int wordBefore(byte[] bytes, int from, int to) {
        var i = to;
        while (i > from && !isBlank(bytes[i - 1])) i--;
        return i;
    }

    private static boolean isVersion(byte[] bytes, int from, int to) {
        return to - from > 4
                && Slice.lower(bytes[from]) == 's'
                && Slice.lower(bytes[from + 1]) == 'i'
                && Slice.lower(bytes[from + 2]) == 'p'
                && bytes[from + 3] == '/';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
