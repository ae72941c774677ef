// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// What a transaction wants done when it steps.
enum Act {
    /// Send the request, or the last response, again or for the first time.
    SEND,
    /// Send 100 Trying.
    TRYING,
    /// Send the ACK of a final response that is no 2xx.
    ACK,
    /// Hand what came to the user of the transaction.
    PASS_UP,
    /// Tell that nobody answered in time.
    TIMED_OUT,
    /// Tell that it could not be sent.
    UNREACHABLE
}
