// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// Why a call ended.
public enum Ending {
    /// We sent BYE.
    HUNG_UP,
    /// The other side sent BYE.
    BYE,
    /// We gave up before it was answered.
    CANCELLED,
    /// The caller gave up before it was answered.
    CANCELLED_BY_PEER,
    /// We refused it.
    REFUSED,
    /// Our 2xx was never acknowledged (RFC 3261 §13.3.1.4).
    NO_ACK,
    /// No reliable provisional response was acknowledged (RFC 3262 §3).
    NO_PRACK,
    /// The session was not refreshed in time (RFC 4028 §10).
    SESSION_EXPIRED,
    /// A request in the dialog was answered 481 or 408, or not at all (RFC 3261 §12.2.1.2).
    DIALOG_LOST,
    /// Another call took its place (RFC 3891 §3).
    REPLACED
}
