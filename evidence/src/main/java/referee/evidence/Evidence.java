// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Opens a source, recognises what it is by its content, and reads it to its end.
public final class Evidence {
    private Evidence() {}

    /// @param file a pcap or pcapng capture, either also gzipped, or a `.trace`
    /// @throws UnreadableEvidence if it is none of these
    /// @throws IOException if the file cannot be read
    public static Account read(Path file, Witness witness) throws IOException {
        try (var in = java.nio.file.Files.newInputStream(file)) {
            return read(in, file.toString(), witness);
        }
    }

    /// Reads from a stream, such as standard input, without seeking; does not close it.
    ///
    /// @param name how messages and the account call it
    public static Account read(InputStream in, String name, Witness witness) throws IOException {
        if (in.read() < 0) throw new UnreadableEvidence(name + " — is empty — give a capture");
        throw new UnreadableEvidence(name + " — not a kind of evidence that is read here");
    }
}
