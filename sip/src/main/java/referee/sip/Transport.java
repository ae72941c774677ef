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

    /// Its name in lower case, as traces and command lines write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The value of a URI's `transport` parameter: `ws` for WebSocket with TLS and without (RFC
    /// 7118 §5.2).
    public String parameter() {
        return this == WSS ? WS.word() : word();
    }
}
