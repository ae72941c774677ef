// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir Path directory;

    @Test
    void asksForTheServerByTheNameOfTheUri() throws Exception {
        var identity =
                Identity.selfSigned(List.of("pbx.example.com"), Instant.now(), Duration.ofHours(1));
        var ca = Files.writeString(directory.resolve("ca.pem"), identity.pem());
        var tls = Tls.DEFAULT.being(identity).trusting(ca);
        var context = tls.context();
        var asked = new CompletableFuture<String>();
        try (var server = tls.listen(context, ANY)) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = (SSLSocket) server.accept()) {
                            socket.startHandshake();
                            var session = (ExtendedSSLSession) socket.getSession();
                            asked.complete(session.getRequestedServerNames().toString());
                        } catch (Exception e) {
                            asked.completeExceptionally(e);
                        }
                    });
            var address = (InetSocketAddress) server.getLocalSocketAddress();
            try (var _ = tls.connect(context, address, "pbx.example.com", Duration.ofSeconds(20))) {
                assertThat(asked.get(20, TimeUnit.SECONDS)).contains("pbx.example.com");
            }
        }
    }

    @Test
    void makesACertificateThatOthersCanRead() throws Exception {
        var at = Instant.parse("2026-03-02T10:00:00Z");
        var identity = Identity.selfSigned(List.of("a.example", "::1"), at, Duration.ofDays(30));
        var certificate = identity.chain().getFirst();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(at.plus(Duration.ofDays(30)));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=a.example");
        assertThat(TlsNames.names(certificate)).containsExactly("a.example", "0:0:0:0:0:0:0:1");
        var names =
                GeneralNames.fromExtensions(
                        new JcaX509CertificateHolder(certificate).getExtensions(),
                        org.bouncycastle.asn1.x509.Extension.subjectAlternativeName);
        assertThat(names.getNames())
                .extracting(GeneralName::getTagNo)
                .containsExactly(GeneralName.dNSName, GeneralName.iPAddress);
    }
}
