// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import referee.diagnosis.Role;
import referee.diagnosis.Setting;
import referee.diagnosis.Severity;
import referee.diagnosis.Verdict;
import referee.report.CsvReport;
import referee.report.Docket;
import referee.report.HtmlReport;
import referee.report.Ink;
import referee.report.JsonReport;
import referee.report.JunitReport;
import referee.report.SarifReport;
import referee.report.TextReport;
import referee.rules.Rules;
import referee.sip.Keyring;

/// `referee diagnose call.pcap`: what went wrong, whose move it is, and the fix.
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        header = {
            "Judges captures and traces: how each call, registration and transfer ended, and every fault found.",
            "",
            "  referee diagnose call.pcap",
            "  tcpdump -w - port 5060 | referee diagnose --format json -",
            ""
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing found at or above --fail-at",
            "1:something found",
            "2:the evidence or the command line could not be read"
        })
final class Diagnose implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        NDJSON,
        CSV,
        HTML,
        SARIF,
        JUNIT
    }

    @Spec CommandSpec spec;

    @Parameters(
            paramLabel = "EVIDENCE",
            arity = "1..*",
            description =
                    "Captures (pcap, pcapng), server logs, traces, also gzipped; directories of them, or - for standard input. Several are one piece of evidence, merged by time.")
    List<String> evidence;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, json (one document), ndjson (a finding a line), csv, html (one file with ladders), sarif or junit. Default: ${DEFAULT-VALUE}.")
    Format format;

    @Option(names = "--output", paramLabel = "PATH", description = "Write the report to this file.")
    @Nullable Path output;

    @Option(
            names = "--fail-at",
            paramLabel = "SEVERITY",
            defaultValue = "medium",
            description =
                    "Least severity that makes the exit code 1: info, low, medium, high or critical. Default: ${DEFAULT-VALUE}.")
    Severity failAt;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            split = ",",
            description = "Look for these faults only.")
    List<String> faults = List.of();

    @Option(
            names = "--call",
            paramLabel = "CALL-ID",
            description = "Judge only the story with this Call-ID.")
    @Nullable String call;

    @Option(
            names = "--stories",
            description = "With json: every story with the reading of each answer.")
    boolean stories;

    @Option(
            names = "--link-header",
            paramLabel = "NAME",
            description =
                    "Also link calls by this header: it carries the Call-ID of the other leg, or the same value on both.")
    List<String> linkHeaders = List.of();

    @Option(
            names = "--vantage",
            paramLabel = "ROLE",
            description =
                    "Who the evidence was captured at: transferor, transferee, target, client, server, provider or middlebox. Where the fault depends on it, one party can then be named instead of two.")
    @Nullable Role vantage;

    @Option(
            names = "--redact",
            description =
                    "Replace numbers, names, addresses and digests, the same by the same, so that the output can be sent to others.")
    boolean redact;

    @Mixin KeyLogOption keyLog;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = {
                "Recompute the digests of these accounts, and name what is wrong with those that differ. A line an account: user, realm (* for any), and the password or ha1: and its hex digits.",
                "The file should be readable by its owner only."
            })
    @Nullable Path credentials;

    @Option(
            names = "--credentials-prompt",
            description = "Ask for one account at the console instead.")
    boolean prompt;

    @Option(
            names = "--show-secrets",
            description =
                    "With --credentials: show the response that would have been right, instead of ***.")
    boolean showSecrets;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Diagnose(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var rules = Choice.of(faults);
        if (rules.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "unknown fault in " + faults + "; referee faults lists them");
        }
        var docket = new Docket(detail());
        boolean unread;
        try (var keyring = keyring()) {
            var trial = new Trial(rules.get(), setting(), keyring, world.in(), keyLog.read());
            unread = hear(redact ? trial.redacting(call) : trial, docket);
        }
        write(docket);
        if (docket.dropped() > 0) {
            world.err()
                    .println(
                            "referee: "
                                    + docket.dropped()
                                    + " findings more were left out — name a --call or a --fault to see them");
        }
        if (unread) return 2;
        return docket.worst().filter(worst -> worst.compareTo(failAt) >= 0).isPresent() ? 1 : 0;
    }

    /// @return whether something that was named could not be read
    private boolean hear(Trial trial, Docket docket) throws IOException {
        var sources = Source.of(evidence);
        var names = sources.stream().map(Source::name).toList();
        if (world.terminal() && sources.size() > 1)
            world.err().println("reading " + sources.size() + " files");
        var wanted = trial.call(call);
        var heard =
                trial.hear(
                        sources,
                        verdict -> {
                            if (wanted.isEmpty() || isOf(verdict, wanted.get()))
                                docket.file(verdict, names);
                        });
        heard.each(docket::file);
        return Complaints.about(heard, world);
    }

    private Setting setting() {
        var setting = Setting.DEFAULT.withLinkHeaders(linkHeaders);
        return vantage == null ? setting : setting.withVantage(vantage);
    }

    private Keyring keyring() throws IOException {
        if (prompt && credentials != null)
            throw new ParameterException(
                    spec.commandLine(), "--credentials or --credentials-prompt, not both");
        if (!prompt && credentials == null) return Keyring.EMPTY;
        if (redact)
            throw new ParameterException(
                    spec.commandLine(),
                    "--credentials needs the digests as they are: leave out --redact");
        var given =
                credentials == null
                        ? CredentialsFile.ask(System.console())
                        : new CredentialsFile(world).read(credentials);
        return new Keyring(given.keys(), showSecrets);
    }

    private Docket.Detail detail() {
        if (format == Format.TEXT) return Docket.Detail.LINES;
        if (format == Format.HTML) return Docket.Detail.SHEETS;
        return stories && format == Format.JSON ? Docket.Detail.STORIES : Docket.Detail.NONE;
    }

    private static boolean isOf(Verdict verdict, String callId) {
        return verdict.story().callId().equals(callId);
    }

    private void write(Docket docket) throws IOException {
        if (output == null) {
            write(docket, world.out(), world.ink());
            world.out().flush();
            return;
        }
        try (var file = new PrintWriter(Files.newBufferedWriter(output, StandardCharsets.UTF_8))) {
            write(docket, file, Ink.PLAIN);
            if (file.checkError())
                throw new IOException(output + " — could not be written — is there room?");
        }
    }

    private void write(Docket docket, PrintWriter out, Ink ink) throws IOException {
        switch (format) {
            case TEXT -> new TextReport(ink, out).write(docket);
            case JSON -> new JsonReport(Referee.VERSION).write(docket, out);
            case NDJSON -> new JsonReport(Referee.VERSION).writeLines(docket, out);
            case CSV -> new CsvReport(out).write(docket);
            case HTML -> new HtmlReport(Referee.VERSION).write(docket, out);
            case SARIF -> new SarifReport(Referee.VERSION).write(docket, out);
            case JUNIT ->
                    new JunitReport(failAt, out)
                            .write(
                                    docket,
                                    Choice.of(faults).orElseThrow().stream()
                                            .map(referee.diagnosis.Rule::id)
                                            .toList());
        }
    }

    /// The rules that these ids name; all of them for none.
    static final class Choice {
        private Choice() {}

        static Optional<List<referee.diagnosis.Rule>> of(List<String> faults) {
            if (faults.isEmpty()) return Optional.of(Rules.ALL);
            var chosen = Rules.ALL.stream().filter(rule -> faults.contains(rule.id())).toList();
            return chosen.size() == faults.stream().distinct().count()
                    ? Optional.of(chosen)
                    : Optional.empty();
        }
    }
}
