// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import referee.stack.TransportError;
import referee.stack.TransportError.Kind;

/// What a failure of TLS means and what to try, in words for a person.
final class TlsErrors {
    private static final String ALERT = "alert: ";

    private TlsErrors() {}

    /// The handshake was broken off by something else than TLS.
    static final class Broken extends SSLException {
        private static final long serialVersionUID = 1L;

        Broken(Exception cause) {
            super("the handshake was broken off", cause);
        }
    }

    /// What ended the connection below TLS, after the handshake.
    static Optional<IOException> beneath(SSLException e) {
        return e instanceof Broken
                        || e instanceof SSLHandshakeException
                        || !(e.getCause() instanceof IOException cause)
                        || cause instanceof SSLException
                ? Optional.empty()
                : Optional.of(cause);
    }

    static TransportError of(SSLException e) {
        var refused = refused(e);
        if (refused.isPresent())
            return new TransportError(
                    refused.get().isForSomebodyElse() ? Kind.TLS_NAME : Kind.TLS,
                    text(refused.get()));
        if (e instanceof TlsNames.Mismatch) return new TransportError(Kind.TLS_NAME, text(e));
        return new TransportError(Kind.TLS, says(e));
    }

    private static Optional<Trust.Refused> refused(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof Trust.Refused refused) return Optional.of(refused);
        return Optional.empty();
    }

    private static String says(SSLException e) {
        var text = text(e);
        var alert = text.indexOf(ALERT);
        if (alert >= 0) return alert(text.substring(alert + ALERT.length()));
        if (text.contains("plaintext") || text.contains("unrecognized SSL message"))
            return "what answers there is not TLS — is it the port for TCP or WebSocket without TLS?";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException)
                return "the other side does not answer the handshake — is it a port for TLS?";
            if (cause instanceof EOFException || isReset(cause))
                return "the other side closed the connection in the handshake — is it a port for TLS, and does it want a certificate of ours (--client-cert)?";
        }
        return innermost(e);
    }

    private static boolean isReset(Throwable cause) {
        var text = text(cause).toLowerCase(Locale.ROOT);
        return text.contains("reset") || text.contains("broken pipe") || text.contains("closed");
    }

    /// RFC 8446 §6.2.
    private static String alert(String name) {
        var what =
                switch (name) {
                    case "certificate_required",
                            "bad_certificate",
                            "certificate_unknown",
                            "unknown_ca",
                            "unsupported_certificate",
                            "certificate_expired",
                            "access_denied" ->
                            "the other side wants a certificate of ours that it accepts — give one that it trusts (--client-cert)";
                    case "protocol_version" ->
                            "the other side speaks no version of TLS that we do — it has to offer TLS 1.2 or 1.3";
                    case "handshake_failure", "insufficient_security" ->
                            "the other side refused the handshake — it has no cipher in common with us, or wants a certificate of ours (--client-cert)";
                    case "unrecognized_name" ->
                            "the other side does not go by this name — check the host of the URI";
                    default -> "the other side broke TLS off — look at its log";
                };
        return what + " (alert " + name + ")";
    }

    /// The words of the first cause, without names of exceptions.
    static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return clean(text(cause));
    }

    static String clean(String text) {
        return text.replaceAll("^([\\w.$]+(Exception|Error): ?)+", "");
    }

    private static String text(Throwable e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
