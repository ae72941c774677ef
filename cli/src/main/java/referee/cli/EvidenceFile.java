// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import referee.evidence.Account;
import referee.evidence.Gap;
import referee.evidence.PcapWriter;
import referee.evidence.Sighting;
import referee.evidence.TraceWriter;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// Where `--save` writes what was sent and received, as it goes: a capture, or a trace where the
/// name ends in `.trace`. Once the disk takes no more, nothing further is written.
final class EvidenceFile implements Witness {
    /// Nothing is saved.
    static final EvidenceFile NONE = new EvidenceFile("", Witness.NOBODY, _ -> {}, () -> {});

    private final String name;
    private final Witness writer;
    private final Consumer<Account> ending;
    private final Closeable out;
    private Optional<IOException> failure = Optional.empty();

    private EvidenceFile(String name, Witness writer, Consumer<Account> ending, Closeable out) {
        this.name = name;
        this.writer = writer;
        this.ending = ending;
        this.out = out;
    }

    static EvidenceFile create(Path file) throws IOException {
        if (file.toString().endsWith(".trace")) {
            var out = new PrintWriter(Files.newBufferedWriter(file, UTF_8));
            var writer = new TraceWriter(out);
            return new EvidenceFile(file.toString(), writer, writer::end, () -> close(out));
        }
        var out = new BufferedOutputStream(Files.newOutputStream(file));
        return new EvidenceFile(file.toString(), new PcapWriter(out), _ -> {}, out);
    }

    private static void close(PrintWriter out) throws IOException {
        var failed = out.checkError();
        out.close();
        if (failed) throw new IOException("the disk takes no more");
    }

    @Override
    public void saw(Sighting sighting) {
        write(() -> writer.saw(sighting));
    }

    @Override
    public void missed(Gap gap) {}

    @Override
    public void unreachable(Unreachable error) {
        write(() -> writer.unreachable(error));
    }

    private void write(Runnable what) {
        if (failed()) return;
        try {
            what.run();
        } catch (UncheckedIOException e) {
            failure = Optional.of(new IOException(e.getMessage(), e));
        }
    }

    /// Whether something could not be written.
    boolean failed() {
        return failure.isPresent();
    }

    /// Nothing comes after this.
    ///
    /// @throws IOException if not all of it could be written
    void end(Account account) throws IOException {
        write(() -> ending.accept(account));
        try {
            out.close();
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
        }
        if (failed())
            throw new IOException(name + ": " + failure.get().getMessage(), failure.get());
    }
}
