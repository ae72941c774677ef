// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import referee.agent.ProbePlan;
import referee.agent.Tls;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;

/// `referee probe call sip:bob@example.com`: acts as a phone, says what happened and why.
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        header = {
            "Pings, registers, calls or transfers like a phone, and says what happened and why.",
            "",
            "  referee probe options sip:pbx.example.com",
            "  referee probe register sip:alice@example.com --credentials accounts.txt",
            "  referee probe transfer sip:bob@example.com --to sip:carol@example.com",
            ""
        },
        footer = {
            "",
            "The timeline goes to standard error, the verdict to standard output. Calls are ended and bindings removed at the end. A password comes from a file, from REFEREE_PASSWORD or from a prompt."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the outcome was as wanted",
            "1:it failed, or nobody told the outcome",
            "2:the command line is wrong",
            "3:rejected",
            "4:credentials rejected",
            "5:timed out",
            "6:busy",
            "7:network: no address, nobody listens, no way there, TLS"
        })
final class ProbeCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        JUNIT
    }

    private static final int LONGEST = 3_600;

    @Spec CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "options, register, call or transfer.")
    ProbePlan.Kind kind;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            description =
                    "Whom to ask or call, such as sip:bob@example.com; with register the address-of-record.")
    String uri;

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            description = "With transfer: whom the other side is to call instead.")
    @Nullable String target;

    @Option(
            names = "--attended",
            description = "With transfer: call the target first, and transfer to that call.")
    boolean attended;

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
            names = {"--proxy", "--registrar"},
            paramLabel = "URI",
            description =
                    "Send everything through this proxy; with register, where to register instead of the URI's host.")
    @Nullable String proxy;

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
            names = "--talk",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "How long a call stands before it is ended or transferred. Default: ${DEFAULT-VALUE}.")
    int talk;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust these certificates (PEM) instead of the usual ones.")
    @Nullable Path ca;

    @Option(
            names = "--client-cert",
            paramLabel = "P12",
            description =
                    "Show this certificate (PKCS #12); its password comes from REFEREE_P12_PASSWORD.")
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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or junit. Default: ${DEFAULT-VALUE}.")
    Format format;

    @Option(
            names = "--nagios",
            description =
                    "One line with performance data, and the exit codes 0, 1, 2 and 3 of monitoring plugins.")
    boolean nagios;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write what was sent and received to this .pcap or .trace.")
    @Nullable Path save;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var plan = plan();
        var accounts = new ProbeAccounts(world).read(Optional.ofNullable(credentials), account());
        var run =
                new ProbeRun(
                        world,
                        new ProbeRun.Line(
                                caller(),
                                Optional.ofNullable(proxy).filter(_ -> !isRegistration()),
                                transport(),
                                tls(),
                                wsPath,
                                accounts,
                                strongest));
        var record = run.run(plan);
        if (save != null) record.save(save);
        var verdict = new ProbeVerdict(world, plan, record);
        if (nagios) return verdict.nagios();
        switch (format) {
            case TEXT -> verdict.text();
            case JSON -> verdict.json();
            case JUNIT -> verdict.junit();
        }
        return record.result().end().exitCode();
    }

    private boolean isRegistration() {
        return kind == ProbePlan.Kind.REGISTER;
    }

    private ProbePlan plan() {
        checkRange("--timeout", timeout == null ? 1 : timeout, 1);
        checkRange("--talk", talk, 0);
        var whom = sip("URI", uri);
        var plan = ProbePlan.of(kind, over(uri, whom));
        if (kind == ProbePlan.Kind.TRANSFER) {
            if (target == null) throw wrong("transfer needs --to TARGET");
            sip("--to", target);
            plan = plan.to(target, attended);
        } else if (target != null || attended) {
            throw wrong("--to and --attended are for transfer");
        }
        if (isRegistration()) plan = ProbePlan.of(kind, uri).at(registrar(whom));
        if (proxy != null) sip("--proxy", proxy);
        if (from != null) sip("--from", from);
        if (timeout != null) plan = plan.patience(Duration.ofSeconds(timeout));
        return plan.talk(Duration.ofSeconds(talk));
    }

    private String registrar(SipUri whom) {
        if (proxy != null) return over(proxy, sip("--registrar", proxy));
        var port = whom.port() == 0 ? "" : ":" + whom.port();
        var host = (whom.secure() ? "sips:" : "sip:") + whom.host().text() + port;
        return over(host, sip("URI", host));
    }

    private void checkRange(String option, int value, int least) {
        if (value < least || value > LONGEST)
            throw wrong("%s is %d to %d seconds".formatted(option, least, LONGEST));
    }

    private SipUri sip(String name, String text) {
        var read = Uri.read(Slice.of(text)).optional();
        if (read.isPresent()
                && read.get() instanceof SipUri sip
                && !sip.host().isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>'))
            return sip;
        throw wrong("%s: %s is no SIP URI; write sip:user@host".formatted(name, text));
    }

    /// The URI with the transport that the command line asks for.
    private String over(String text, SipUri read) {
        if (transport == null || read.params().has("transport") || proxied()) return text;
        var word = transport == Transport.WSS ? "wss" : transport.word();
        return text + ";transport=" + word;
    }

    private boolean proxied() {
        return proxy != null && !isRegistration();
    }

    private Optional<Transport> transport() {
        if (transport != null) return Optional.of(transport);
        var next = proxied() ? Optional.ofNullable(proxy).orElse(uri) : uri;
        var read = sip("URI", next);
        var said = read.params().text("transport").flatMap(word -> Transport.of(Slice.of(word)));
        if (!read.secure()) return said;
        return Optional.of(
                said.filter(one -> one == Transport.WS).isPresent()
                        ? Transport.WSS
                        : Transport.TLS);
    }

    private String caller() {
        if (from != null) return from;
        if (isRegistration()) return uri;
        return "sip:" + (user == null ? "referee" : user) + "@" + sip("URI", uri).host().text();
    }

    private String account() {
        if (user != null) return user;
        return sip("URI", caller()).user().map(Slice::text).orElse("");
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
