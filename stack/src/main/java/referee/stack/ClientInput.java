// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;

/// What can happen to a client transaction.
sealed interface ClientInput {
    record Response(int code, Instant at) implements ClientInput {
        boolean isProvisional() {
            return code < 200;
        }

        boolean isSuccess() {
            return code / 100 == 2;
        }
    }

    record Tick(Instant at) implements ClientInput {
        boolean reaches(Instant deadline) {
            return !at.isBefore(deadline);
        }
    }

    record SendFailed(Instant at) implements ClientInput {}
}
