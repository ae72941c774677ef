// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.SipMessage;

/// Why a request had no success.
public sealed interface Failure {
    /// A final response that is no 2xx and no challenge. Redirections, 503 with Retry-After and the
    /// like are told, never followed.
    record Rejected(SipMessage response) implements Failure {}

    /// Challenged again although the credentials were computed for the challenge.
    record CredentialsRejected(SipMessage response, String realm) implements Failure {}

    /// A challenge that cannot be answered.
    ///
    /// @param why such as `no account for realm "a"`
    record Unanswerable(SipMessage response, String why) implements Failure {}

    /// No final response before timer B or F, from no target.
    record TimedOut(String method) implements Failure {}

    /// No target could be reached.
    record Unreachable(TransportError error) implements Failure {}

    /// A 2xx that does not hold what was asked for, such as a binding with expires=0.
    record NotGranted(SipMessage response, String why) implements Failure {}
}
