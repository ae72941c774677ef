// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Locale;
import java.util.Optional;

/// How a message travelled (RFC 3261 §18, RFC 7118 for WebSocket, RFC 4168 for SCTP).
public enum Transport {
    UDP,
    TCP,
    TLS,
    SCTP,
    WS,
    WSS;

    /// Whether the transport itself repeats what was lost, so that SIP does not (RFC 3261
    /// §17.1.1.1).
    public boolean isReliable() {
        return this != UDP;
    }

    /// Reads the word of a Via or of a URI's `transport` parameter; case does not matter.
    public static Optional<Transport> of(Slice word) {
        for (var transport : values()) {
            if (word.isIgnoreCase(transport.name())) return Optional.of(transport);
        }
        return Optional.empty();
    }

    /// The word of a `transport` parameter, lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
