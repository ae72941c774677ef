// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What a stream carries, by its first octets.
enum Carried {
    SIP,
    TLS,
    HTTP,
    WEBSOCKET,
    HEP,
    /// Too short to tell.
    OPEN;

    /// So many octets always tell.
    static final int TELLING = 4;

    /// Looks at the start of a stream.
    static Carried atStart(byte[] bytes, int from, int to) {
        if (begins(bytes, from, to, "HEP3")) return telling(from, to, HEP);
        if (begins(bytes, from, to, "GET ") || begins(bytes, from, to, "HTTP"))
            return telling(from, to, HTTP);
        if (isHandshake(bytes, from, to)) return telling(from, to, TLS);
        return SIP;
    }

    private static boolean isHandshake(byte[] bytes, int from, int to) {
        return bytes[from] == TlsRecord.HANDSHAKE && TlsRecord.isPlausible(bytes, from, to);
    }

    /// Looks at a segment in the middle of a stream, where what came before is not known.
    static Carried midway(byte[] bytes, int from, int to) {
        var start = atStart(bytes, from, to);
        if (start != SIP) return start == OPEN ? SIP : start;
        if (to - from > TlsRecord.HEADER && TlsRecord.isPlausible(bytes, from, to)) return TLS;
        return WebSocketFrame.beginsWithSip(bytes, from, to) ? WEBSOCKET : SIP;
    }

    private static Carried telling(int from, int to, Carried what) {
        return to - from < TELLING ? OPEN : what;
    }

    private static boolean begins(byte[] bytes, int from, int to, String word) {
        for (var i = 0; i < word.length() && from + i < to; i++) {
            if (bytes[from + i] != word.charAt(i)) return false;
        }
        return true;
    }
}
