// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;

/// Reads a classic capture file: a header of 24 octets, then a record a frame.
///
/// Microseconds or nanoseconds and either byte order, by the magic number; also the variant with
/// longer record headers that a patched libpcap wrote (magic a1b2cd34).
final class PcapReader {
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int MAGIC_PATCHED = 0xa1b2cd34;

    private static final int FILE_HEADER = 24;
    private static final long SECOND = 1_000_000_000;

    private final BlockReader in;
    private final Frames frames;
    private boolean bigEndian;
    private int header = 16;
    private int unit = 1000;
    private int linkType;

    PcapReader(BlockReader in, Frames frames) {
        this.in = in;
        this.frames = frames;
    }

    /// Whether a file that starts with these octets is one.
    static boolean recognises(byte[] start, int length) {
        return length >= 4
                && (isMagic(Octets.i32(start, 0)) || isMagic(Octets.i32(start, 0, false)));
    }

    private static boolean isMagic(int magic) {
        return magic == MAGIC_MICROS || magic == MAGIC_NANOS || magic == MAGIC_PATCHED;
    }

    void read() throws IOException {
        if (!fileHeader()) return;
        while (in.have(header)) {
            if (!record()) return;
        }
        if (in.rest() > 0 || !in.damage().isEmpty()) {
            frames.endsEarly(in, "after " + in.rest() + " octets of the record's header");
        }
    }

    private boolean fileHeader() throws IOException {
        if (!in.have(FILE_HEADER)) {
            frames.endsEarly(in, "inside the header of the file");
            return false;
        }
        var bytes = in.bytes();
        var at = in.at();
        bigEndian = isMagic(Octets.i32(bytes, at));
        var magic = Octets.i32(bytes, at, bigEndian);
        if (magic == MAGIC_NANOS) unit = 1;
        if (magic == MAGIC_PATCHED) header = 24;
        linkType = Octets.i32(bytes, at + 20, bigEndian) & 0xffff;
        in.advance(FILE_HEADER);
        return true;
    }

    private boolean record() throws IOException {
        var bytes = in.bytes();
        var at = in.at();
        var nanos =
                Octets.u32(bytes, at, bigEndian) * SECOND
                        + Octets.u32(bytes, at + 4, bigEndian) * unit;
        var captured = Octets.u32(bytes, at + 8, bigEndian);
        var original = Octets.u32(bytes, at + 12, bigEndian);
        in.advance(header);
        if (captured > Frames.LARGEST) return frames.oversize(in, nanos, captured, captured);
        var length = (int) captured;
        if (!in.have(length)) {
            frames.endsEarly(in, "after " + in.rest() + " of " + length + " octets of the frame");
            return false;
        }
        frames.frame(linkType, nanos, in.bytes(), in.at(), length, original);
        in.advance(length);
        return true;
    }
}
