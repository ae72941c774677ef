// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import referee.evidence.UnreadableEvidence;

/// What to say of something that could not be read: what, where, what to try.
final class Complaints {
    private Complaints() {}

    /// Complains of each source that could not be read.
    ///
    /// @return whether one that was named was among them
    static boolean about(Heard heard, World world) {
        var named = new boolean[1];
        heard.eachUnread((source, why) -> {
            world.err().println("referee: " + of(why));
            named[0] |= !source.listed();
        });
        return named[0];
    }

    static String of(Exception problem) {
        return switch (problem) {
            case UnusableCredentials unusable -> String.valueOf(unusable.getMessage());
            case UnusableModules unusable -> String.valueOf(unusable.getMessage());
            case UnreadableEvidence unreadable -> String.valueOf(unreadable.getMessage());
            case NoSuchFileException missing ->
                    missing.getFile() + " — there is no such file — check the name";
            case AccessDeniedException denied ->
                    denied.getFile() + " — may not be read — check its permissions";
            case UncheckedIOException wrapped ->
                    wrapped.getMessage() + " — could not be read or written";
            case IOException _ -> whole(String.valueOf(problem.getMessage()));
            default -> "a fault of its own, please report it — " + trace(problem);
        };
    }

    /// What says already what to try is left as it is.
    private static String whole(String message) {
        return message.contains(" — ") ? message : message + " — could not be read or written";
    }

    private static String trace(Exception problem) {
        var text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
