// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import referee.report.Ink;

/// What a command needs of the world around it.
///
/// @param out findings
/// @param octets the same standard output, for what is no text
/// @param err progress and complaints
/// @param in for `-`
/// @param ink whether standard output takes colour
/// @param terminal whether a person looks at standard error
/// @param prompt whom to ask for a password
record World(
        PrintWriter out,
        OutputStream octets,
        PrintWriter err,
        InputStream in,
        Ink ink,
        boolean terminal,
        Prompt prompt) {
    @SuppressWarnings(
            "SystemConsoleNull") // JDK 25 gives null again where no one sits at a terminal
    static World ofProcess() {
        var console = System.console();
        var terminal = console != null && console.isTerminal();
        var colour = terminal && System.getenv("NO_COLOR") == null;
        return new World(
                new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8),
                System.out,
                new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
                System.in,
                colour ? Ink.COLOUR : Ink.PLAIN,
                terminal,
                Prompt.ofProcess());
    }
}
