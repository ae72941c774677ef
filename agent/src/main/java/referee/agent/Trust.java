// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes a certificate that one of several judges takes, and says in plain words why one is refused
/// and what to try.
final class Trust extends X509ExtendedTrustManager {
    /// Why a certificate is refused, for a person.
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final boolean forSomebodyElse;

        Refused(String message, boolean forSomebodyElse, CertificateException cause) {
            super(message, cause);
            this.forSomebodyElse = forSomebodyElse;
        }

        boolean isForSomebodyElse() {
            return forSomebodyElse;
        }
    }

    private interface Check {
        void by(X509ExtendedTrustManager judge) throws CertificateException;
    }

    private final List<X509ExtendedTrustManager> judges;
    private final InstantSource clock;
    private final Consumer<List<X509Certificate>> seen;

    /// @param judges one or more
    /// @param seen told of the certificates that servers show; a resumed session shows none
    Trust(
            List<X509ExtendedTrustManager> judges,
            InstantSource clock,
            Consumer<List<X509Certificate>> seen) {
        this.seen = seen;
        this.judges = List.copyOf(judges);
        this.clock = clock;
    }

    private void check(X509Certificate[] chain, String type, Check check)
            throws CertificateException {
        seen.accept(List.of(chain));
        checkTime(chain[0]);
        var objection = objection(check);
        if (objection.isPresent()) throw refused(chain, type, objection.get());
    }

    /// What the first judge says against it, if none takes it.
    private Optional<CertificateException> objection(Check check) {
        Optional<CertificateException> first = Optional.empty();
        for (var judge : judges) {
            try {
                check.by(judge);
                return Optional.empty();
            } catch (CertificateException e) {
                if (first.isEmpty()) first = Optional.of(e);
            }
        }
        return first;
    }

    /// Also of one that is trusted itself, whose time nobody else looks at.
    private void checkTime(X509Certificate certificate) throws Refused {
        var now = clock.instant();
        if (now.isAfter(certificate.getNotAfter().toInstant()))
            throw new Refused(
                    "the certificate of the other side expired on "
                            + day(certificate.getNotAfter().toInstant())
                            + " — it has to be renewed there",
                    false,
                    new CertificateException("expired"));
        if (now.isBefore(certificate.getNotBefore().toInstant()))
            throw new Refused(
                    "the certificate of the other side is valid only from "
                            + day(certificate.getNotBefore().toInstant())
                            + " — compare the clocks of both sides",
                    false,
                    new CertificateException("not yet valid"));
    }

    private Refused refused(X509Certificate[] chain, String type, CertificateException e) {
        if (objection(judge -> judge.checkServerTrusted(chain, type)).isEmpty()) {
            var names = TlsNames.names(chain[0]);
            return new Refused(
                    "the certificate is for "
                            + names
                            + " — call it by a name that its certificate has, or have a certificate made for this one",
                    true,
                    e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof CertPathBuilderException)
                return new Refused(unknown(chain[0]), false, e);
        return new Refused(
                "the certificate of the other side is not accepted: " + TlsErrors.innermost(e),
                false,
                e);
    }

    private static String unknown(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        var issuer = certificate.getIssuerX500Principal().getName();
        return subject.equals(issuer)
                ? "the certificate of the other side ("
                        + subject
                        + ") is signed by itself, and not trusted — if it is the right one, trust it (--ca FILE)"
                : "the certificate of the other side ("
                        + subject
                        + ") is signed by "
                        + issuer
                        + ", which is not trusted — if that is right, trust the signer (--ca FILE); if the signer is well known, the other side may have left out the certificates between";
    }

    private static String day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain, type, judge -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, type, judge -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain, type, judge -> judge.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        var objection = objection(judge -> judge.checkClientTrusted(chain, type, socket));
        if (objection.isPresent()) throw objection.get();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        var objection = objection(judge -> judge.checkClientTrusted(chain, type, engine));
        if (objection.isPresent()) throw objection.get();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        var objection = objection(judge -> judge.checkClientTrusted(chain, type));
        if (objection.isPresent()) throw objection.get();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judges.stream()
                .flatMap(judge -> Arrays.stream(judge.getAcceptedIssuers()))
                .toArray(X509Certificate[]::new);
    }
}
