// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Who we are in TLS: a private key and its certificate, with those that lead up to it.
public final class Identity {
    /// Where it comes from; read when the sockets are opened.
    interface Source {
        Identity load() throws IOException;
    }

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /// One that vouches for itself, to try things with.
    ///
    /// @param names what it is for: names, and addresses in numbers; one or more
    /// @param at when it is made; it is valid from an hour before
    public static Identity selfSigned(List<String> names, Instant at, Duration lives) {
        try {
            return SelfSigned.make(names, at, lives);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate can be made here", e);
        }
    }

    /// Reads a file: PKCS #12, or PEM with a key that is not encrypted (PKCS #8) and its
    /// certificates.
    ///
    /// @param password of PKCS #12; a secret
    /// @throws IOException if it cannot be read or holds something else: what, and what to try
    static Identity read(Path file, String password) throws IOException {
        var octets = Files.readAllBytes(file);
        try {
            return Pem.isPem(octets) ? ofPem(octets) : ofPkcs12(octets, password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    file
                            + " — holds no key and certificate that can be read with this password — give PKCS #12, or PEM with PRIVATE KEY and CERTIFICATE",
                    e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static Identity ofPem(byte[] octets) throws IOException, GeneralSecurityException {
        return new Identity(Pem.key(octets), Pem.certificates(octets));
    }

    private static Identity ofPkcs12(byte[] octets, String password)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(octets), password.toCharArray());
        for (var name : java.util.Collections.list(store.aliases())) {
            if (!(store.getKey(name, password.toCharArray()) instanceof PrivateKey key)) continue;
            var chain =
                    Arrays.stream(store.getCertificateChain(name))
                            .map(X509Certificate.class::cast)
                            .toList();
            return new Identity(key, chain);
        }
        throw new IOException("no key in it");
    }

    /// The certificates without the key, as PEM.
    public String pem() {
        return Pem.write(chain);
    }

    List<X509Certificate> chain() {
        return chain;
    }

    KeyManager[] managers() throws IOException, GeneralSecurityException {
        var secret = new char[0];
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("me", key, secret, chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, secret);
        return factory.getKeyManagers();
    }
}
