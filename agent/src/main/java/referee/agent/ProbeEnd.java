// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.util.Locale;
import referee.stack.Failure;

/// How a probe ended, each with its exit code.
public enum ProbeEnd {
    SUCCEEDED(0),
    FAILED(1),
    /// Nobody told how it ended.
    UNKNOWN(1),
    REJECTED(3),
    CREDENTIALS_REJECTED(4),
    TIMED_OUT(5),
    BUSY(6),
    NETWORK(7),
    /// Whoever ran it ended it before the outcome.
    INTERRUPTED(1);

    private final int exitCode;

    ProbeEnd(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /// As it stands in reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ProbeEnd of(int code) {
        return switch (code) {
            case 486, 600 -> BUSY;
            case 408 -> TIMED_OUT;
            case 401, 407 -> CREDENTIALS_REJECTED;
            default -> REJECTED;
        };
    }

    static ProbeEnd of(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) -> of(response.code());
            case Failure.CredentialsRejected _, Failure.Unanswerable _ -> CREDENTIALS_REJECTED;
            case Failure.TimedOut _ -> TIMED_OUT;
            case Failure.Unreachable _ -> NETWORK;
            case Failure.NotGranted _ -> FAILED;
        };
    }
}
