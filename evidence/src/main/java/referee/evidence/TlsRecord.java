// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// The header of a TLS record (RFC 5246 §6.2.1, RFC 8446 §5.1): type, version, length.
///
/// @param from where the record's content lies
@SuppressWarnings("ArrayRecordComponent") // never compared
record TlsRecord(int type, int version, byte[] bytes, int from, int to) {
    static final int HEADER = 5;
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION = 23;

    private static final int LONGEST = (1 << 14) + 2048;

    /// Whether these octets can be the beginning of a record, as far as they go.
    static boolean isPlausible(byte[] bytes, int from, int to) {
        if (to > from && (bytes[from] < CHANGE_CIPHER_SPEC || bytes[from] > APPLICATION + 1))
            return false;
        if (to - from > 1 && bytes[from + 1] != 3) return false;
        if (to - from > 2 && (bytes[from + 2] < 0 || bytes[from + 2] > 4)) return false;
        return to - from < HEADER || Octets.u16(bytes, from + 3) <= LONGEST;
    }

    /// How long the record is, header included.
    static int length(byte[] bytes, int from) {
        return HEADER + Octets.u16(bytes, from + 3);
    }

    /// @param at where the whole record lies
    static TlsRecord read(byte[] bytes, int at) {
        return new TlsRecord(
                bytes[at], Octets.u16(bytes, at + 1), bytes, at + HEADER, at + length(bytes, at));
    }

    int length() {
        return to - from;
    }
}
