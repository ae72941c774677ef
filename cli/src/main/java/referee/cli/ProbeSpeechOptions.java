// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import referee.agent.Tls;
import referee.sip.Transport;

/// The options of every probe: as whom it speaks, how, and how long it waits.
final class ProbeSpeechOptions {
    private static final int LONGEST = 3_600;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description =
                    "Who calls. Default: the user, or referee, at the host of URI; with register the URI.")
    @Nullable String from;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The account's name, where it differs from that of the URI.")
    @Nullable String user;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description =
                    "Accounts, a line each: user, realm (* for any), and the password or ha1: and its hex digits.")
    @Nullable Path credentials;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "udp, tcp, tls, ws or wss. Default: what the URI and DNS say.")
    @Nullable Transport transport;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long to wait for the outcome. Default: 32, of a call 60, of a transfer 120.")
    @Nullable Integer timeout;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust these certificates (PEM) instead of the usual ones.")
    @Nullable Path ca;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description =
                    "Show this certificate: PKCS #12, whose password comes from REFEREE_P12_PASSWORD, or PEM with its key.")
    @Nullable Path clientCertificate;

    @Option(
            names = "--ws-path",
            paramLabel = "PATH",
            defaultValue = "/",
            description = "Path of the WebSocket. Default: ${DEFAULT-VALUE}.")
    String wsPath;

    @Option(
            names = "--strongest",
            description =
                    "Of several challenges answer the strongest, not the topmost that can be answered.")
    boolean strongest;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeSpeechOptions() {}

    /// @param proxy the outbound proxy; of a registration the registrar
    ProbeSpeech speech(@Nullable String proxy) {
        if (transport == Transport.SCTP) throw wrong("--transport: SCTP is not spoken here");
        return new ProbeSpeech(
                Optional.ofNullable(user),
                Optional.ofNullable(from),
                Optional.ofNullable(proxy),
                Optional.ofNullable(transport),
                tls(),
                wsPath,
                strongest);
    }

    ProbeAccounts accounts(World world, String name) throws IOException {
        return ProbeAccounts.read(world, Optional.ofNullable(credentials), name);
    }

    Optional<Duration> patience() {
        if (timeout == null) return Optional.empty();
        return Optional.of(seconds(spec, "--timeout", timeout, 1));
    }

    /// @param least of the range that the option allows
    static Duration seconds(CommandSpec spec, String option, int value, int least) {
        if (value < least || value > LONGEST)
            throw new ParameterException(
                    spec.commandLine(), "%s is %d to %d seconds".formatted(option, least, LONGEST));
        return Duration.ofSeconds(value);
    }

    private Tls tls() {
        var tls = ca == null ? Tls.DEFAULT : Tls.DEFAULT.trusting(ca);
        var password = Optional.ofNullable(System.getenv("REFEREE_P12_PASSWORD")).orElse("");
        return clientCertificate == null ? tls : tls.being(clientCertificate, password);
    }

    private ParameterException wrong(String says) {
        return new ParameterException(spec.commandLine(), says);
    }
}
