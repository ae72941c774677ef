// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The compressed WebSockets of one capture, each of which keeps a window of what came before; so
/// many at a time, and no more.
final class Inflations {
    static final int MOST = 512;

    private int open;

    /// One direction of a WebSocket (RFC 7692 §7.2.2).
    final class Inflation {
        private static final byte[] TAIL = {0, 0, -1, -1};

        private final Inflater inflater = new Inflater(true);

        /// @param most octets that are unpacked at all
        /// @return empty if the window that it builds upon is not there, or it is too much
        Optional<byte[]> unpack(byte[] message, int most) {
            var out = new byte[Math.min(most, Math.max(256, message.length * 4))];
            var length = 0;
            try {
                for (var piece : new byte[][] {message, TAIL}) {
                    inflater.setInput(piece);
                    while (true) {
                        if (length == out.length) {
                            if (length >= most) return giveUp();
                            out = Arrays.copyOf(out, Math.min(most, length * 2));
                        }
                        var got = inflater.inflate(out, length, out.length - length);
                        length += got;
                        if (got == 0) break;
                    }
                }
            } catch (DataFormatException e) {
                return giveUp();
            }
            if (inflater.finished()) inflater.reset();
            return Optional.of(Arrays.copyOf(out, length));
        }

        private Optional<byte[]> giveUp() {
            inflater.reset();
            return Optional.empty();
        }

        void close() {
            inflater.end();
            open--;
        }
    }

    /// Empty if there are too many.
    Optional<Inflation> open() {
        if (open == MOST) return Optional.empty();
        open++;
        return Optional.of(new Inflation());
    }
}
