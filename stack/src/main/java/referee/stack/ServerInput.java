// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;

/// What can happen to a server transaction.
sealed interface ServerInput {
    /// The request came once more.
    record Request(Instant at) implements ServerInput {}

    /// An ACK of the same transaction, or of its 2xx.
    record Ack(Instant at) implements ServerInput {}

    /// The user of the transaction answers.
    record Reply(int code, Instant at) implements ServerInput {
        boolean isProvisional() {
            return code < 200;
        }

        boolean isSuccess() {
            return code / 100 == 2;
        }
    }

    record Tick(Instant at) implements ServerInput {
        boolean reaches(Instant deadline) {
            return !at.isBefore(deadline);
        }
    }

    record SendFailed(Instant at) implements ServerInput {}
}
