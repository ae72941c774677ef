// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;

/// The part somebody plays in a fault.
public enum Role {
    /// Sends REFER, receives NOTIFY.
    TRANSFEROR,
    /// Receives REFER, sends NOTIFY and the referred INVITE.
    TRANSFEREE,
    /// Is called by the transferee.
    TARGET,
    /// The user agent client: sends the request, is challenged.
    CLIENT,
    /// The user agent server, registrar or proxy that answers or challenges.
    SERVER,
    /// Operates the trunk.
    PROVIDER,
    /// An SBC, B2BUA, proxy, ALG or NAT on the path.
    MIDDLEBOX,
    NETWORK,
    /// Whoever configures one of the others.
    OPERATOR,
    /// Healthy, or a human outcome.
    NOBODY;

    /// As it stands in reports: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
