// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Opens a source, recognises what it is by its content, and reads it to its end.
public final class Evidence {
    private static final int LOOK = 4096;
    private static final int GZIP_BUFFER = 1 << 16;

    private static final String NOTHING_UNPACKED =
            " — is gzipped, and nothing of it can be unpacked — fetch the file again";

    private Evidence() {}

    /// @param file a pcap or pcapng capture, HEP, a `.trace`, or a log with whole messages; also
    ///   gzipped
    /// @throws UnreadableEvidence if it is none of these
    /// @throws IOException if the file cannot be read
    public static Account read(Path file, Witness witness) throws IOException {
        return read(file, KeyLog.none(), witness);
    }

    /// @param keys secrets of the TLS sessions in it
    public static Account read(Path file, KeyLog keys, Witness witness) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return read(
                    in, new Named(file.toString(), Optional.of(lastWritten(file)), keys), witness);
        }
    }

    /// Reads from a stream, such as standard input, without seeking; does not close it.
    ///
    /// @param name how messages and the account call it
    public static Account read(InputStream in, String name, Witness witness) throws IOException {
        return read(in, name, KeyLog.none(), witness);
    }

    /// @param keys secrets of the TLS sessions in it
    public static Account read(InputStream in, String name, KeyLog keys, Witness witness)
            throws IOException {
        return read(in, new Named(name, Optional.empty(), keys), witness);
    }

    /// @param written when a file was last written to
    private record Named(String name, Optional<Instant> written, KeyLog keys) {}

    private static Account read(InputStream in, Named source, Witness witness) throws IOException {
        var whole = new PushbackInputStream(in, LOOK);
        var start = look(whole);
        if (!isGzip(start)) return read(whole, start, source, witness);
        var inflated = new PushbackInputStream(inflate(whole, source.name), LOOK);
        var content = look(inflated);
        if (content.length == 0) throw new UnreadableEvidence(source.name + NOTHING_UNPACKED);
        return read(inflated, content, source, witness);
    }

    private static InputStream inflate(InputStream source, String name) throws IOException {
        try {
            return new GZIPInputStream(source, GZIP_BUFFER);
        } catch (EOFException | ZipException e) {
            throw new UnreadableEvidence(name + NOTHING_UNPACKED);
        }
    }

    private static Instant lastWritten(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static Account read(InputStream in, byte[] start, Named source, Witness witness)
            throws IOException {
        var tally = new Tally(source.name, witness);
        var frames = new Frames(tally, source.keys);
        if (PcapReader.recognises(start, start.length)) {
            new PcapReader(new BlockReader(in), frames).read();
            frames.end();
            return tally.account("pcap");
        }
        if (PcapngReader.recognises(start, start.length)) {
            new PcapngReader(new BlockReader(in), frames).read();
            frames.end();
            return tally.account("pcapng");
        }
        if (HepReader.recognises(start, start.length)) {
            new HepReader(new BlockReader(in), tally).read();
            return tally.account("hep");
        }
        if (TraceReader.recognises(start, start.length))
            return TraceReader.read(in, source.name, witness);
        if (Foreign.of(start).isEmpty() && LogReader.recognises(start))
            return LogReader.read(in, tally, source.written);
        throw new UnreadableEvidence(source.name + " — " + Unreadable.why(start));
    }

    /// The first octets, which stay to be read. Damage this early shows again when they are.
    private static byte[] look(PushbackInputStream in) throws IOException {
        var start = new byte[LOOK];
        var length = 0;
        try {
            for (var got = 0; got >= 0 && length < LOOK; length += Math.max(got, 0)) {
                got = in.read(start, length, LOOK - length);
            }
        } catch (EOFException | ZipException e) {
            if (length == 0) return new byte[0];
        }
        in.unread(start, 0, length);
        return Arrays.copyOf(start, length);
    }

    private static boolean isGzip(byte[] start) {
        return start.length >= 2 && Octets.u16(start, 0) == 0x1f8b;
    }
}
