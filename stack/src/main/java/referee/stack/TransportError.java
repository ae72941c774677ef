// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// Why something could not be sent, or a flow is no more.
///
/// @param detail one clause for a person
public record TransportError(Kind kind, String detail) {
    public enum Kind {
        /// Nobody listens there: TCP refused, ICMP port unreachable.
        REFUSED,
        /// No way there: ICMP host or network unreachable, connecting timed out.
        UNREACHABLE,
        /// The connection was closed or reset.
        CLOSED,
        /// The certificate is for another name.
        TLS_NAME,
        /// No TLS for another reason.
        TLS,
        /// The name has no address.
        DNS,
        OTHER
    }
}
