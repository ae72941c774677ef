// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What both directions of a TLS connection share: the hellos, and the keys that follow from them.
final class TlsSession {
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    private final TlsSecrets secrets;
    private @Nullable TlsHello client;
    private @Nullable TlsHello server;
    private boolean clientForward;
    private boolean reported;

    TlsSession(TlsSecrets secrets) {
        this.secrets = secrets;
    }

    /// @param forward which way it went
    void hello(TlsHello hello, boolean forward) {
        if (hello.client()) {
            if (server != null) reported = false;
            client = hello;
            server = null;
            clientForward = forward;
        } else if (!hello.isRetry()) {
            server = hello;
            if (client == null) clientForward = !forward;
        }
    }

    /// Whether both hellos are known.
    boolean isAgreed() {
        return client != null && server != null;
    }

    boolean is13() {
        return server != null && server.version() == TLS_1_3;
    }

    boolean isClientForward() {
        return clientForward;
    }

    /// Whether something in the hellos speaks of SIP.
    boolean namesSip() {
        return client != null && (client.sip() || client.name().startsWith("sip"))
                || server != null && server.sip();
    }

    /// Why there is no opener: one clause.
    String why() {
        if (server != null && server.version() != TLS_1_2 && server.version() != TLS_1_3)
            return "in a version before TLS 1.2, which is not decrypted here";
        if (server != null && TlsSuite.of(server.suite()).isEmpty())
            return "in cipher suite 0x%04x, which is not decrypted here".formatted(server.suite());
        return secrets.areNone()
                ? "not decryptable without keys"
                : "whose keys are not among those given";
    }

    /// The host name that the client asked for, or empty.
    String name() {
        return client == null ? "" : client.name();
    }

    /// True once.
    boolean report() {
        if (reported) return false;
        reported = true;
        return true;
    }

    /// What opens the records that go this way; empty without secrets, or for a version or cipher
    /// suite that is not read here.
    Optional<TlsOpener> opener(boolean forward) {
        if (client == null || server == null) return Optional.empty();
        var suite = TlsSuite.of(server.suite());
        if (suite.isEmpty()) return Optional.empty();
        var byClient = forward == clientForward;
        try {
            return switch (server.version()) {
                case TLS_1_2 -> opener12(client, server, suite.get(), byClient);
                case TLS_1_3 -> opener13(client, suite.get(), byClient);
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<TlsOpener> opener12(
            TlsHello asking, TlsHello answering, TlsSuite suite, boolean byClient)
            throws GeneralSecurityException {
        var master = secrets.master(asking, answering);
        if (master.isEmpty()) return Optional.empty();
        var ciphers =
                TlsKeys.expand(
                        suite,
                        master.get(),
                        asking.random(),
                        answering.random(),
                        asking.encryptThenMac() && answering.encryptThenMac());
        return Optional.of(new TlsOpener(suite, ciphers[byClient ? 0 : 1], List.of()));
    }

    private Optional<TlsOpener> opener13(TlsHello asking, TlsSuite suite, boolean byClient)
            throws GeneralSecurityException {
        var side = byClient ? "CLIENT" : "SERVER";
        var labels = new ArrayList<String>(3);
        if (byClient) labels.add("CLIENT_EARLY_TRAFFIC_SECRET");
        labels.add(side + "_HANDSHAKE_TRAFFIC_SECRET");
        labels.add(side + "_TRAFFIC_SECRET_0");
        var known = new ArrayList<byte[]>(3);
        for (var label : labels) secrets.of(label, asking).ifPresent(known::add);
        if (known.isEmpty()) return Optional.empty();
        var first = TlsKeys.traffic(suite, known.getFirst());
        return Optional.of(new TlsOpener(suite, first, known));
    }
}
