// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a pcapng capture (draft-ietf-opsawg-pcapng): blocks, of which those that hold packets
/// count as frames.
///
/// Sections may differ in byte order, interfaces in link type and time unit. Secrets for decryption
/// are taken if they are those of TLS; blocks of other types are passed over.
final class PcapngReader {
    static final int SECTION = 0x0a0d0d0a;

    private static final int ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int PACKET = 6;
    private static final int SECRETS = 10;
    private static final int TLS_KEY_LOG = 0x544c534b;
    private static final int MAX_INTERFACES = 1 << 16;

    private final BlockReader in;
    private final Frames frames;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private boolean bigEndian;
    private boolean contradicted;
    private long lastNanos;

    PcapngReader(BlockReader in, Frames frames) {
        this.in = in;
        this.frames = frames;
    }

    static boolean recognises(byte[] start, int length) {
        return length >= 12
                && Octets.i32(start, 0) == SECTION
                && (Octets.i32(start, 8) == ORDER_MAGIC
                        || Octets.i32(start, 8, false) == ORDER_MAGIC);
    }

    void read() throws IOException {
        while (in.have(12)) {
            if (!block()) return;
        }
        if (in.rest() > 0 || !in.damage().isEmpty()) {
            frames.endsEarly(in, "after " + in.rest() + " octets of a block");
        }
    }

    private boolean block() throws IOException {
        var bytes = in.bytes();
        var at = in.at();
        if (Octets.i32(bytes, at) == SECTION && !section(bytes, at)) return false;
        var type = Octets.i32(bytes, at, bigEndian);
        var length = (Octets.u32(bytes, at + 4, bigEndian) + 3) & ~3L;
        if (length < 12) {
            return frames.stops("a block says that it is " + length + " octets long");
        }
        if (!isRead(type)) return skip(length);
        if (length > (type == SECRETS ? BlockReader.BLOCK : Frames.LARGEST))
            return tooLong(type, length);
        var size = (int) length;
        if (!in.have(size)) {
            frames.endsEarly(in, "after " + in.rest() + " of " + size + " octets of a block");
            return false;
        }
        compareLengths(size);
        body(type, in.bytes(), in.at() + 8, in.at() + size - 4);
        in.advance(size);
        return true;
    }

    private boolean section(byte[] bytes, int at) {
        var order = Octets.i32(bytes, at + 8);
        if (order != ORDER_MAGIC && Integer.reverseBytes(order) != ORDER_MAGIC) {
            return frames.stops("a section does not tell its byte order");
        }
        bigEndian = order == ORDER_MAGIC;
        interfaces.clear();
        return true;
    }

    private static boolean isRead(int type) {
        return type == PACKET
                || type == INTERFACE
                || type == SIMPLE_PACKET
                || type == OLD_PACKET
                || type == SECRETS;
    }

    private boolean skip(long length) throws IOException {
        if (in.skip(length)) return true;
        frames.endsEarly(in, "inside a block of " + length + " octets");
        return false;
    }

    private boolean tooLong(int type, long length) throws IOException {
        if (type == INTERFACE || type == SECRETS) return skip(length);
        return frames.oversize(in, lastNanos, length, length);
    }

    /// A block ends with its length a second time.
    private void compareLengths(int size) {
        if (contradicted) return;
        var again = Octets.u32(in.bytes(), in.at() + size - 4, bigEndian);
        if (((again + 3) & ~3L) == size) return;
        contradicted = true;
        frames.damaged("a block says that it is " + size + " octets long, and at its end " + again);
    }

    private void body(int type, byte[] bytes, int from, int to) {
        switch (type) {
            case INTERFACE -> described(bytes, from, to);
            case SECRETS -> secrets(bytes, from, to);
            case PACKET -> packet(bytes, from, to);
            case SIMPLE_PACKET -> simplePacket(bytes, from, to);
            default -> oldPacket(bytes, from, to);
        }
    }

    private void secrets(byte[] bytes, int from, int to) {
        if (to - from < 8 || Octets.i32(bytes, from, bigEndian) != TLS_KEY_LOG) return;
        var length = Math.min(to - from - 8, Octets.u32(bytes, from + 4, bigEndian));
        frames.secrets(new String(bytes, from + 8, (int) length, ISO_8859_1));
    }

    private void described(byte[] bytes, int from, int to) {
        if (to - from >= 8 && interfaces.size() < MAX_INTERFACES) {
            interfaces.add(CaptureInterface.read(bytes, from, to, bigEndian));
        }
    }

    private void packet(byte[] bytes, int from, int to) {
        if (to - from < 20) {
            contradiction();
            return;
        }
        packet(
                Octets.u32(bytes, from, bigEndian),
                Octets.u32(bytes, from + 4, bigEndian) << 32
                        | Octets.u32(bytes, from + 8, bigEndian),
                Octets.u32(bytes, from + 12, bigEndian),
                Octets.u32(bytes, from + 16, bigEndian),
                bytes,
                from + 20,
                to);
    }

    private void oldPacket(byte[] bytes, int from, int to) {
        if (to - from < 20) {
            contradiction();
            return;
        }
        packet(
                Octets.u16(bytes, from, bigEndian),
                Octets.u32(bytes, from + 4, bigEndian) << 32
                        | Octets.u32(bytes, from + 8, bigEndian),
                Octets.u32(bytes, from + 12, bigEndian),
                Octets.u32(bytes, from + 16, bigEndian),
                bytes,
                from + 20,
                to);
    }

    private void packet(
            long index, long time, long captured, long original, byte[] bytes, int from, int to) {
        if (index >= interfaces.size() || captured > to - from) {
            contradiction();
            return;
        }
        var on = interfaces.get((int) index);
        lastNanos = on.nanos(time);
        frames.frame(on.linkType(), lastNanos, bytes, from, (int) captured, original);
    }

    /// Has neither interface nor time: it is of the first interface, and the time of the packet
    /// before it is taken.
    private void simplePacket(byte[] bytes, int from, int to) {
        if (to - from < 4 || interfaces.isEmpty()) {
            contradiction();
            return;
        }
        var on = interfaces.getFirst();
        var original = Octets.u32(bytes, from, bigEndian);
        var captured = Math.min(original, to - from - 4);
        if (on.snapLength() > 0) captured = Math.min(captured, on.snapLength());
        frames.frame(on.linkType(), lastNanos, bytes, from + 4, (int) captured, original);
    }

    private void contradiction() {
        frames.unreadable(lastNanos);
    }
}
