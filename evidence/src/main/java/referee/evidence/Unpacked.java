// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// What compressed octets hold, zlib or gzip, within bounds.
final class Unpacked {
    private Unpacked() {}

    /// @param most octets that are unpacked at all
    /// @return empty if it is damaged, or more than that
    static Optional<byte[]> of(byte[] bytes, int from, int to, int most) {
        try (var in = open(bytes, from, to)) {
            var content = in.readNBytes(most + 1);
            return content.length > most ? Optional.empty() : Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static InputStream open(byte[] bytes, int from, int to) throws IOException {
        var in = new ByteArrayInputStream(bytes, from, to - from);
        var gzip = to - from >= 2 && Octets.u16(bytes, from) == 0x1f8b;
        return gzip ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }
}
