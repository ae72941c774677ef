// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import referee.evidence.PcapWriter;

/// Writes a large capture: `MakeCapture MESSAGES SEED FILE.pcap`, and beside it `FILE.pcap.tsv`
/// with a line a story: Call-ID, kind, fault. 360 000 messages are about 200 MB and 25 minutes of
/// traffic.
public final class MakeCapture {
    private MakeCapture() {}

    /// @param args messages, seed, file
    public static void main(String[] args) throws IOException {
        if (args.length != 3)
            throw new IllegalArgumentException("expected: MESSAGES SEED FILE.pcap");
        var file = Path.of(args[2]);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                var summary =
                        new PrintWriter(
                                Files.newBufferedWriter(
                                        Path.of(file + ".tsv"), StandardCharsets.UTF_8))) {
            var traffic =
                    new Traffic(
                            Long.parseLong(args[1]),
                            story ->
                                    summary.println(
                                            story.callId()
                                                    + "\t"
                                                    + story.kind()
                                                    + "\t"
                                                    + story.fault()));
            traffic.write(Long.parseLong(args[0]), new PcapWriter(out));
        }
    }
}
