// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/// Writes capture files for tests, right or wrong.
final class CaptureWriter {
    static final int ETHERNET = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final int magic;
    private int seconds = 1_700_000_000;

    private CaptureWriter(ByteOrder order, int magic) {
        this.order = order;
        this.magic = magic;
    }

    static CaptureWriter pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, PcapReader.MAGIC_MICROS, ETHERNET);
    }

    static CaptureWriter pcap(ByteOrder order, int magic, int linkType) {
        var writer = new CaptureWriter(order, magic);
        return writer.put(
                writer.buffer(24)
                        .putInt(magic)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(65_535)
                        .putInt(linkType));
    }

    static CaptureWriter pcapng(ByteOrder order) {
        return new CaptureWriter(order, PcapngReader.SECTION);
    }

    CaptureWriter frame(byte[] frame) {
        return frame(frame, frame.length);
    }

    CaptureWriter frame(byte[] frame, int captured) {
        return frame(seconds++, 0, frame, captured);
    }

    CaptureWriter frames(byte[]... frames) {
        for (var frame : frames) frame(frame);
        return this;
    }

    /// @param fraction in the file's unit
    CaptureWriter frame(int at, int fraction, byte[] frame, int captured) {
        put(buffer(16).putInt(at).putInt(fraction).putInt(captured).putInt(frame.length));
        if (magic == PcapReader.MAGIC_PATCHED) put(buffer(8));
        return raw(Packets.part(frame, 0, captured));
    }

    CaptureWriter section() {
        return block(PcapngReader.SECTION, buffer(16).putInt(0x1a2b3c4d).putInt(1).putLong(-1));
    }

    /// @param options as they stand in the file, or none
    CaptureWriter interfaceBlock(int linkType, int snapLength, byte... options) {
        return block(
                1,
                buffer(8 + options.length)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapLength)
                        .put(options));
    }

    /// An Enhanced Packet Block.
    CaptureWriter packet(int on, long time, byte[] frame, int captured) {
        return block(
                6,
                buffer(20 + padded(captured))
                        .putInt(on)
                        .putInt((int) (time >>> 32))
                        .putInt((int) time)
                        .putInt(captured)
                        .putInt(frame.length)
                        .put(frame, 0, captured));
    }

    /// A Simple Packet Block.
    CaptureWriter simplePacket(byte[] frame, int captured) {
        return block(3, buffer(4 + padded(captured)).putInt(frame.length).put(frame, 0, captured));
    }

    /// An obsolete Packet Block.
    CaptureWriter oldPacket(int on, long time, byte[] frame) {
        return block(
                2,
                buffer(20 + padded(frame.length))
                        .putShort((short) on)
                        .putShort((short) 0)
                        .putInt((int) (time >>> 32))
                        .putInt((int) time)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .put(frame));
    }

    CaptureWriter block(int type, ByteBuffer body) {
        var length = body.capacity() + 12;
        put(buffer(8).putInt(type).putInt(length));
        put(body);
        return put(buffer(4).putInt(length));
    }

    CaptureWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] gzipped() {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private CaptureWriter put(ByteBuffer buffer) {
        var bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return raw(bytes);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}
