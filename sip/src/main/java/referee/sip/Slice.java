// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A view into bytes that someone else holds. Copies nothing until [#text()] is called.
///
/// Two slices are compared by [#same(Slice)] or by text, never with `equals`.
///
/// @param bytes the shared array; never written to
/// @param from first byte, inclusive
/// @param to last byte, exclusive; `from == to` is an empty slice
@SuppressWarnings("ArrayRecordComponent")
public record Slice(byte[] bytes, int from, int to) {
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    public Slice {
        if (from < 0 || to < from || to > bytes.length) {
            throw new IllegalArgumentException(from + ".." + to + " of " + bytes.length);
        }
    }

    public static Slice of(String text) {
        return of(text.getBytes(UTF_8));
    }

    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    public int length() {
        return to - from;
    }

    public boolean isEmpty() {
        return from == to;
    }

    /// The byte at this position of the slice, 0 to 255.
    public int at(int index) {
        return bytes[from + index] & 0xff;
    }

    /// The bytes from start, inclusive, to end, exclusive, counted from the start of this slice.
    public Slice sub(int start, int end) {
        return new Slice(bytes, from + start, from + end);
    }

    public Slice sub(int start) {
        return sub(start, length());
    }

    /// Where this byte is first found, or -1.
    public int indexOf(int wanted) {
        return indexOf(wanted, 0);
    }

    public int indexOf(int wanted, int start) {
        for (var i = from + start; i < to; i++) {
            if (bytes[i] == (byte) wanted) return i - from;
        }
        return -1;
    }

    /// Without spaces, tabs, CR and LF at either end.
    public Slice trim() {
        var start = from;
        var end = to;
        while (start < end && isWhite(bytes[start])) start++;
        while (end > start && isWhite(bytes[end - 1])) end--;
        return start == from && end == to ? this : new Slice(bytes, start, end);
    }

    /// The bytes as UTF-8; malformed bytes become U+FFFD, since the wire may hold anything (RFC
    /// 3261 §25.1, TEXT-UTF8).
    public String text() {
        return new String(bytes, from, length(), UTF_8);
    }

    /// Whether the bytes are these ASCII characters, case included.
    public boolean is(String ascii) {
        return length() == ascii.length() && startsWith(ascii);
    }

    public boolean startsWith(String ascii) {
        if (length() < ascii.length()) return false;
        for (var i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != (byte) ascii.charAt(i)) return false;
        }
        return true;
    }

    /// Whether the bytes are these ASCII characters, case apart (RFC 3261 §7.3.1).
    public boolean isIgnoreCase(String ascii) {
        return length() == ascii.length() && startsWithIgnoreCase(ascii);
    }

    public boolean startsWithIgnoreCase(String ascii) {
        if (length() < ascii.length()) return false;
        for (var i = 0; i < ascii.length(); i++) {
            if (lower(bytes[from + i]) != lower((byte) ascii.charAt(i))) return false;
        }
        return true;
    }

    /// Whether these ASCII characters stand somewhere in it, case included.
    public boolean holds(String ascii) {
        for (var i = 0; i + ascii.length() <= length(); i++) {
            if (sub(i).startsWith(ascii)) return true;
        }
        return false;
    }

    /// Whether both hold the same bytes.
    public boolean same(Slice other) {
        return java.util.Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    /// The value of 1 to 18 ASCII digits and nothing else, or -1.
    public long number() {
        if (isEmpty() || length() > 18) return -1;
        var value = 0L;
        for (var i = from; i < to; i++) {
            var digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) return -1;
            value = value * 10 + digit;
        }
        return value;
    }

    /// The bytes alone, copied out of whatever holds them.
    public byte[] copy() {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    static boolean isWhite(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    @Override
    public String toString() {
        return text();
    }
}
