// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import referee.report.Ink;

/// The program run once, with nothing of the real world around it.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Session(int code, String out, String err, byte[] octets) {
    static final Path SAMPLES = Path.of("../samples");

    static Session run(String... args) {
        return run(new byte[0], args);
    }

    static Session run(byte[] standardInput, String... args) {
        return run(standardInput, Prompt.NOBODY, args);
    }

    /// @param prompt who is asked for a password
    static Session run(Prompt prompt, String... args) {
        return run(new byte[0], prompt, args);
    }

    private static Session run(byte[] standardInput, Prompt prompt, String... args) {
        var octets = new ByteArrayOutputStream();
        var out = new StringWriter();
        var err = new StringWriter();
        var world =
                new World(
                        new PrintWriter(out),
                        octets,
                        new PrintWriter(err, true),
                        new ByteArrayInputStream(standardInput),
                        Ink.PLAIN,
                        false,
                        prompt);
        var code = Referee.commandLine(world).execute(args);
        return new Session(code, out.toString(), err.toString(), octets.toByteArray());
    }

    /// A world in which nobody listens and nobody is asked.
    static World world() {
        return new World(
                new PrintWriter(Writer.nullWriter()),
                OutputStream.nullOutputStream(),
                new PrintWriter(Writer.nullWriter()),
                InputStream.nullInputStream(),
                Ink.PLAIN,
                false,
                Prompt.NOBODY);
    }

    static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    /// What went to standard output as octets, as text.
    String text() {
        return new String(octets, UTF_8);
    }
}
