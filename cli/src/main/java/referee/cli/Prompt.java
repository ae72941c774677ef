// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A person who can be asked for a password.
interface Prompt {
    /// Nobody is there.
    Prompt NOBODY = _ -> Optional.empty();

    /// Waits for the answer, which is not shown while it is typed.
    ///
    /// @return the password, to be wiped by the caller; empty if there is no answer
    Optional<char[]> ask(String question);

    /// At the console of this process.
    @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null where nobody sits at a terminal
    static Prompt ofProcess() {
        return question -> {
            var console = System.console();
            if (console == null || !console.isTerminal()) return Optional.empty();
            return Optional.ofNullable(console.readPassword("%s", question));
        };
    }

    /// The password in UTF-8, to be wiped by the caller; what was typed is wiped.
    static byte[] octets(char[] typed) {
        var encoded = UTF_8.encode(CharBuffer.wrap(typed));
        var octets = new byte[encoded.remaining()];
        encoded.get(octets);
        for (encoded.rewind(); encoded.hasRemaining(); ) encoded.put((byte) 0);
        Arrays.fill(typed, ' ');
        return octets;
    }
}
