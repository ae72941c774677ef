// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken: whom we trust, who we are, and how names are compared.
public final class Tls {
    /// Trusts what the JDK trusts and shows no certificate.
    public static final Tls DEFAULT =
            new Tls(Optional.empty(), Optional.empty(), false, false, false);

    private static final Optional<Identity> NOBODY = Optional.empty();

    private final Optional<Path> trusted;
    private final Optional<Identity.Source> identity;
    private final boolean wildcards;
    private final boolean demanding;
    private final boolean trustingItself;

    private Tls(
            Optional<Path> trusted,
            Optional<Identity.Source> identity,
            boolean wildcards,
            boolean demanding,
            boolean trustingItself) {
        this.trusted = trusted;
        this.identity = identity;
        this.wildcards = wildcards;
        this.demanding = demanding;
        this.trustingItself = trustingItself;
    }

    /// Trusts these instead of those that the JDK trusts.
    ///
    /// @param certificates PEM
    public Tls trusting(Path certificates) {
        return new Tls(Optional.of(certificates), identity, wildcards, demanding, trustingItself);
    }

    /// Shows this certificate.
    ///
    /// @param file PKCS #12, or PEM with a key that is not encrypted and its certificates
    /// @param password of PKCS #12; a secret
    public Tls being(Path file, String password) {
        return being(() -> Identity.read(file, password));
    }

    public Tls being(Identity other) {
        return being(() -> other);
    }

    private Tls being(Identity.Source source) {
        return new Tls(trusted, Optional.of(source), wildcards, demanding, trustingItself);
    }

    /// Takes a certificate for `*.example.com` for `a.example.com`, against RFC 5922 §7.2.
    public Tls withWildcards() {
        return new Tls(trusted, identity, true, demanding, trustingItself);
    }

    /// As a server, takes no client without a certificate that is trusted.
    public Tls demanding() {
        return new Tls(trusted, identity, wildcards, true, trustingItself);
    }

    /// Trusts our own certificate too: of a server that calls itself.
    public Tls trustingItself() {
        return new Tls(trusted, identity, wildcards, demanding, true);
    }

    /// Whether it can be a server.
    boolean hasIdentity() {
        return identity.isPresent();
    }

    boolean isDemanding() {
        return demanding;
    }

    SSLContext context() throws IOException {
        return context(_ -> {});
    }

    /// @param seen told of the certificates that servers show, those that are refused too
    /// @throws IOException if a file cannot be read or holds something else
    SSLContext context(Consumer<List<X509Certificate>> seen) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            var me = identity.isPresent() ? Optional.of(identity.get().load()) : NOBODY;
            var judges = new ArrayList<X509ExtendedTrustManager>();
            judges.add(judge(trusted.isPresent() ? store(trusted.get()) : null));
            if (trustingItself && me.isPresent()) judges.add(judge(store(me.get().chain())));
            context.init(
                    me.isPresent() ? me.get().managers() : null,
                    new TrustManager[] {new Trust(judges, InstantSource.system(), seen)},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up — " + e.getMessage(), e);
        }
    }

    /// @param store null for what the JDK trusts
    private static X509ExtendedTrustManager judge(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var one : factory.getTrustManagers())
            if (one instanceof X509ExtendedTrustManager judge) return judge;
        throw new GeneralSecurityException("nobody here judges certificates");
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        var octets = Files.readAllBytes(file);
        try {
            return store(Pem.certificates(octets));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    file + " — holds no certificate that can be read — give PEM: CERTIFICATE", e);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var one : certificates) store.setCertificateEntry("ca" + store.size(), one);
        return store;
    }

    /// Opens a connection and checks whom it leads to (RFC 5922 §7).
    ///
    /// @param name what the certificate has to say, and what SNI asks for
    Socket connect(SSLContext context, InetSocketAddress address, String name, Duration patience)
            throws IOException {
        var plain = new Socket();
        try {
            plain.connect(address, (int) patience.toMillis());
            plain.setTcpNoDelay(true);
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, name, address.getPort(), true);
            var parameters = socket.getSSLParameters();
            if (isName(name)) parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) patience.toMillis());
            shakeHands(socket);
            socket.setSoTimeout(0);
            if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate theirs)
                TlsNames.check(theirs, name, wildcards);
            return socket;
        } catch (IOException | IllegalArgumentException e) {
            plain.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static void shakeHands(SSLSocket socket) throws SSLException {
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsErrors.Broken(e);
        }
    }

    private static boolean isName(String name) {
        return name.chars().anyMatch(Character::isLetter) && name.indexOf(':') < 0;
    }

    SSLServerSocket listen(SSLContext context, InetSocketAddress address) throws IOException {
        var socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.bind(address);
        if (demanding) socket.setNeedClientAuth(true);
        else socket.setWantClientAuth(trusted.isPresent());
        return socket;
    }
}
