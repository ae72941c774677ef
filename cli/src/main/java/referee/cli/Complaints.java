// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import referee.evidence.UnreadableEvidence;

/// What to say of something that could not be read: what, where, what to try.
final class Complaints {
    private Complaints() {}

    static String of(Exception problem) {
        return switch (problem) {
            case UnreadableEvidence unreadable -> String.valueOf(unreadable.getMessage());
            case NoSuchFileException missing ->
                    missing.getFile() + " — there is no such file — check the name";
            case AccessDeniedException denied ->
                    denied.getFile() + " — may not be read — check its permissions";
            default -> problem.getMessage() + " — could not be read or written";
        };
    }
}
