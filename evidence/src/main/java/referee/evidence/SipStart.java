// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Whether bytes are the beginning of a SIP message, as far as they go.
enum SipStart {
    YES,
    NO,
    /// Too short to tell.
    OPEN;

    private static final int LONGEST_METHOD = 64;

    /// Looks at the first line: a request's ends in a SIP version, a response's starts with one
    /// (RFC 3261 §7.1 and §7.2). Empty lines before it are passed over (§7.5).
    static SipStart judge(byte[] bytes, int from, int to) {
        var start = from;
        while (start < to && (bytes[start] == '\r' || bytes[start] == '\n')) start++;
        var at = start;
        while (at < to && isToken(bytes[at]) && at - start <= LONGEST_METHOD) at++;
        if (at == to) return OPEN;
        if (bytes[at] == '/') return isVersion(bytes, start, to) ? YES : NO;
        if (at == start || bytes[at] != ' ' && bytes[at] != '\t') return NO;
        return judgeRequest(bytes, at, to);
    }

    private static SipStart judgeRequest(byte[] bytes, int from, int to) {
        var end = from;
        while (end < to && bytes[end] != '\n') end++;
        if (end == to) return OPEN;
        while (end > from && isWhite(bytes[end - 1])) end--;
        var word = end;
        while (word > from && !isWhite(bytes[word - 1])) word--;
        return isVersion(bytes, word, end) ? YES : NO;
    }

    /// Whether the empty line behind the headers is there.
    static boolean headersEnd(byte[] bytes, int from, int to) {
        for (var i = from; i + 1 < to; i++) {
            if (bytes[i] != '\n') continue;
            if (bytes[i + 1] == '\n') return true;
            if (bytes[i + 1] == '\r' && i + 2 < to && bytes[i + 2] == '\n') return true;
        }
        return false;
    }

    private static boolean isVersion(byte[] bytes, int from, int to) {
        return to - from >= 4
                && (bytes[from] | 0x20) == 's'
                && (bytes[from + 1] | 0x20) == 'i'
                && (bytes[from + 2] | 0x20) == 'p'
                && bytes[from + 3] == '/';
    }

    private static boolean isWhite(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /// RFC 3261 §25.1.
    private static boolean isToken(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || "-.!%*_+`'~".indexOf(b) >= 0;
    }
}
