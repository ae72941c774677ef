// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers out of a block of octets, in either byte order. Unsigned where they fit the type.
final class Octets {
    private static final VarHandle BIG_16 = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_32 = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_64 = view(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /// Network order.
    static int u16(byte[] bytes, int at) {
        return (short) BIG_16.get(bytes, at) & 0xffff;
    }

    static int u16(byte[] bytes, int at, boolean bigEndian) {
        var value = (short) BIG_16.get(bytes, at);
        return (bigEndian ? value : Short.reverseBytes(value)) & 0xffff;
    }

    /// Network order.
    static int i32(byte[] bytes, int at) {
        return (int) BIG_32.get(bytes, at);
    }

    static int i32(byte[] bytes, int at, boolean bigEndian) {
        var value = (int) BIG_32.get(bytes, at);
        return bigEndian ? value : Integer.reverseBytes(value);
    }

    static long u32(byte[] bytes, int at, boolean bigEndian) {
        return i32(bytes, at, bigEndian) & 0xffff_ffffL;
    }

    /// Network order.
    static long i64(byte[] bytes, int at) {
        return (long) BIG_64.get(bytes, at);
    }

    static long i64(byte[] bytes, int at, boolean bigEndian) {
        var value = i64(bytes, at);
        return bigEndian ? value : Long.reverseBytes(value);
    }

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }
}
