// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import referee.agent.Identity;
import referee.agent.Tls;

/// The options of `practice` about TLS.
final class PracticeTls {
    private static final Duration LIVES = Duration.ofDays(30);

    @Option(
            names = "--tls",
            description =
                    "Also listen for TLS, one port higher, with a certificate that is made now and vouches for itself.")
    boolean wanted;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description =
                    "The key and certificate to show instead, PKCS #12 or PEM; says --tls. The password of PKCS #12 comes from REFEREE_CERT_PASSWORD.")
    @Nullable Path certificate;

    @Option(
            names = "--cert-to",
            paramLabel = "FILE",
            description =
                    "With --tls and without --cert: write the certificate that is made to this file (PEM), for clients to trust: referee probe --ca FILE.")
    @Nullable Path certificateTo;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description =
                    "With --tls: take no client without a certificate that one of these has signed (PEM).")
    @Nullable Path clientCa;

    @Option(
            names = "--secure-websocket",
            paramLabel = "PORT",
            description = "With --tls: also listen for WebSocket over TLS at this port.")
    @Nullable Integer secureWebSocket;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    PracticeTls() {}

    /// What is wrong with these options together; empty if nothing.
    Optional<String> complaint() {
        var asked = certificateTo != null || clientCa != null || secureWebSocket != null;
        if (asked && !isWanted())
            return Optional.of(
                    "--cert-to, --client-ca and --secure-websocket are about TLS — add --tls");
        if (certificate != null && certificateTo != null)
            return Optional.of(
                    "--cert-to writes a certificate that is made, and --cert gives one — give one of the two");
        return Optional.empty();
    }

    private boolean isWanted() {
        return wanted || certificate != null;
    }

    /// @param here the address that a certificate made now is for
    /// @return empty where TLS is not asked for
    Optional<Tls> tls(InetAddress here) throws IOException {
        if (!isWanted()) return Optional.empty();
        var tls = certificate == null ? made(here) : given(certificate);
        return Optional.of(clientCa == null ? tls : tls.trusting(clientCa).demanding());
    }

    private static Tls given(Path file) {
        var password = Optional.ofNullable(System.getenv("REFEREE_CERT_PASSWORD")).orElse("");
        return Tls.DEFAULT.being(file, password);
    }

    private Tls made(InetAddress here) throws IOException {
        var identity =
                Identity.selfSigned(
                        List.of(here.getHostAddress(), "localhost"), Instant.now(), LIVES);
        if (certificateTo != null) Files.writeString(certificateTo, identity.pem());
        return Tls.DEFAULT.being(identity);
    }
}
