// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.sip.Transport;

/// A registration that was accepted, and the address it came from.
///
/// @param aor the address of record: the URI of its To, as written
/// @param client where the REGISTER came from, as its server saw it
/// @param at when it was accepted
/// @param lifetime how long it holds
/// @param isTranslated whether its Via or its answer says that the client writes another address
///   than it is seen at
/// @param isWoken whether the client asks to be woken by push before a request is sent to it (RFC
///   8599)
/// @param next the next registration of this address of record that was accepted
public record Binding(
        String aor,
        Endpoint client,
        Transport transport,
        Instant at,
        Duration lifetime,
        boolean isTranslated,
        boolean isWoken,
        Optional<Next> next) {

    /// @param client where that came from
    public record Next(Instant at, Endpoint client) {}

    Binding renewed(Instant when, Endpoint where) {
        return new Binding(
                aor,
                client,
                transport,
                at,
                lifetime,
                isTranslated,
                isWoken,
                Optional.of(new Next(when, where)));
    }
}
