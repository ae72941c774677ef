// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The secrets for one capture: those of the key log, those that the capture brings along, and the
/// master secrets of sessions that may be resumed (RFC 5246 §7.3).
final class TlsSecrets {
    private static final int MOST_SESSIONS = 10_000;

    private final KeyLog log;
    private final Map<String, byte[]> sessions = new LinkedHashMap<>();

    TlsSecrets(KeyLog log) {
        this.log = log.copy();
    }

    /// Takes secrets that stand in the capture.
    void add(String text) {
        log.add(text);
    }

    boolean areNone() {
        return log.isEmpty();
    }

    Optional<byte[]> of(String label, TlsHello client) {
        return log.secret(label, client.random());
    }

    /// The master secret of TLS 1.2.
    Optional<byte[]> master(TlsHello client, TlsHello server) {
        var session = HexFormat.of().formatHex(server.sessionId());
        var master = of("CLIENT_RANDOM", client);
        if (session.isEmpty()) return master;
        if (master.isEmpty()) return Optional.ofNullable(sessions.get(session));
        if (sessions.size() < MOST_SESSIONS) sessions.put(session, master.get());
        return master;
    }
}
