// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import referee.sip.StreamFramer;

/// The frames of a WebSocket as its client writes and reads them (RFC 6455 §5).
final class WsFrames {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int MOST_CONTROL = 125;

    private static final SecureRandom RANDOM = new SecureRandom();

    private WsFrames() {}

    /// One whole message, masked.
    static byte[] masked(int opcode, byte[] payload) {
        var length = payload.length;
        var extra = length <= 125 ? 0 : length <= 0xffff ? 2 : 8;
        var frame = ByteBuffer.allocate(2 + extra + 4 + length);
        frame.put((byte) (0x80 | opcode));
        frame.put((byte) (0x80 | (extra == 0 ? length : extra == 2 ? 126 : 127)));
        if (extra == 2) frame.putShort((short) length);
        if (extra == 8) frame.putLong(length);
        var mask = new byte[4];
        RANDOM.nextBytes(mask);
        frame.put(mask);
        for (var i = 0; i < length; i++) frame.put((byte) (payload[i] ^ mask[i % 4]));
        return frame.array();
    }

    /// Reads messages until the other side closes.
    ///
    /// @param message told of each
    /// @param answer told of control frames that are to be sent: opcode and payload
    /// @throws IOException at the end: why it is the end
    static void read(
            DataInputStream in, Consumer<byte[]> message, BiConsumer<Integer, byte[]> answer)
            throws IOException {
        var whole = new ByteArrayOutputStream();
        while (true) {
            var first = in.readUnsignedByte();
            var payload = payload(in, whole.size());
            switch (first & 0x0f) {
                case CLOSE -> {
                    answer.accept(CLOSE, payload);
                    throw new EOFException("the peer closed the WebSocket" + reason(payload));
                }
                case PING -> answer.accept(PONG, payload);
                case PONG -> {}
                default -> {
                    whole.writeBytes(payload);
                    if (first >= 0x80) {
                        message.accept(whole.toByteArray());
                        whole.reset();
                    }
                }
            }
        }
    }

    private static byte[] payload(DataInputStream in, int before) throws IOException {
        var second = in.readUnsignedByte();
        var length = (long) (second & 0x7f);
        if (length == 126) length = in.readUnsignedShort();
        if (length == 127) length = in.readLong();
        if (length < 0 || before + length > StreamFramer.LONGEST)
            throw new EOFException("a message came that is longer than we take");
        var mask = second >= 0x80 ? in.readNBytes(4) : null;
        var payload = new byte[(int) length];
        in.readFully(payload);
        unmask(payload, mask);
        return payload;
    }

    private static void unmask(byte[] payload, byte @Nullable [] mask) {
        if (mask == null || mask.length < 4) return;
        for (var i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
    }

    private static String reason(byte[] payload) {
        if (payload.length < 2 || payload.length > MOST_CONTROL) return "";
        var code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        var says =
                new String(payload, 2, payload.length - 2, java.nio.charset.StandardCharsets.UTF_8);
        return ": " + (code + " " + says).strip();
    }
}
