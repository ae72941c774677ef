// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// How TLS is spoken: whom we trust, who we are, and how names are compared.
///
/// @param trusted certificates, PEM; empty for those that the JDK trusts
/// @param identity our certificate with its key, PKCS #12
/// @param password of the identity's file; a secret
/// @param wildcards whether a certificate for `*.example.com` is taken for `a.example.com`
public record Tls(
        Optional<Path> trusted, Optional<Path> identity, String password, boolean wildcards) {
    /// Trusts what the JDK trusts and shows no certificate.
    public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), "", false);

    public Tls trusting(Path certificates) {
        return new Tls(Optional.of(certificates), identity, password, wildcards);
    }

    public Tls being(Path pkcs12, String secret) {
        return new Tls(trusted, Optional.of(pkcs12), secret, wildcards);
    }

    public Tls withWildcards() {
        return new Tls(trusted, identity, password, true);
    }

    /// Whether it can be a server.
    boolean hasIdentity() {
        return identity.isPresent();
    }

    @Override
    public String toString() {
        return "Tls[trusted=" + trusted + ", identity=" + identity + "]";
    }

    /// @throws IOException if a file cannot be read or holds something else
    SSLContext context() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            var keys = identity.isPresent() ? keys(identity.get()) : null;
            var trust = trusted.isPresent() ? trust(trusted.get()) : null;
            context.init(
                    keys == null ? null : keys.getKeyManagers(),
                    trust == null ? null : trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up — " + e.getMessage(), e);
        }
    }

    private KeyManagerFactory keys(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password.toCharArray());
        return factory;
    }

    private static TrustManagerFactory trust(Path file)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(file)) {
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in))
                store.setCertificateEntry("ca" + store.size(), one);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /// Opens a connection and checks whom it leads to (RFC 5922 §7).
    ///
    /// @param name what the certificate has to say, and what SNI asks for
    static Socket connect(
            SSLContext context,
            InetSocketAddress address,
            String name,
            boolean wildcards,
            Duration patience)
            throws IOException {
        var plain = new Socket();
        try {
            plain.connect(address, (int) patience.toMillis());
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, name, address.getPort(), true);
            var parameters = socket.getSSLParameters();
            if (isName(name)) parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) patience.toMillis());
            socket.startHandshake();
            socket.setSoTimeout(0);
            if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate mine)
                TlsNames.check(mine, name, wildcards);
            return socket;
        } catch (IOException | IllegalArgumentException e) {
            plain.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static boolean isName(String name) {
        return name.chars().anyMatch(Character::isLetter) && name.indexOf(':') < 0;
    }

    SSLServerSocket listen(SSLContext context, InetSocketAddress address) throws IOException {
        var socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.bind(address);
        socket.setWantClientAuth(trusted.isPresent());
        return socket;
    }
}
