// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that sign themselves, for tests on loopback.
final class Certificates {
    static final String SECRET = "changeit";

    private Certificates() {}

    /// @param names of its subjectAltName
    /// @return the certificate as PEM in `name.pem`, with its key in `name.p12`
    static Path make(Path directory, String name, GeneralName... names)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var keys = generator.generateKeyPair();
        var subject = new X500Principal("CN=" + name);
        var builder =
                new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(Instant.now().minusSeconds(3_600)),
                        Date.from(Instant.now().plusSeconds(86_400)),
                        subject,
                        keys.getPublic());
        if (names.length > 0)
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        var certificate =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(keys.getPrivate())));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "me", keys.getPrivate(), SECRET.toCharArray(), new X509Certificate[] {certificate});
        try (var out = Files.newOutputStream(directory.resolve(name + ".p12"))) {
            store.store(out, SECRET.toCharArray());
        }
        var pem = directory.resolve(name + ".pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return pem;
    }
}
