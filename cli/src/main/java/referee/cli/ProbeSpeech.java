// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.Optional;
import referee.agent.Tls;
import referee.sip.Transport;

/// As whom a probe speaks, and by which way.
///
/// @param user of the account, where it differs from that of the URI
/// @param from the caller; empty for the user, or `referee`, at the host of the URI
/// @param proxy the outbound proxy; of a registration the registrar
/// @param transport the only one; empty for what URI and DNS say
/// @param wsPath of the WebSocket
/// @param strongest whether of several challenges the strongest is answered, not the topmost
record ProbeSpeech(
        Optional<String> user,
        Optional<String> from,
        Optional<String> proxy,
        Optional<Transport> transport,
        Tls tls,
        String wsPath,
        boolean strongest) {
    static final ProbeSpeech DEFAULT =
            new ProbeSpeech(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Tls.DEFAULT,
                    "/",
                    false);
}
