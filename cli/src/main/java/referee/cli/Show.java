// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.diagnosis.Finding;
import referee.diagnosis.Setting;
import referee.diagnosis.Severity;
import referee.evidence.Gap;
import referee.evidence.PcapWriter;
import referee.evidence.Sighting;
import referee.evidence.TraceWriter;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.report.ShowCsv;
import referee.report.ShowJson;
import referee.report.ShowText;
import referee.report.Shows;
import referee.rules.Rules;
import referee.sip.HeaderName;

/// `referee show call.pcap`: the stories and their messages.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = {
            "Shows the stories in the evidence and their messages.",
            "",
            "  referee show call.pcap",
            "  referee show call.pcap --as trace > call.trace",
            ""
        })
final class Show implements Callable<Integer> {
    enum Form {
        TEXT,
        TRACE,
        JSON,
        PCAP,
        CSV
    }

    @Parameters(
            paramLabel = "EVIDENCE",
            arity = "1..*",
            description = "Captures, logs, traces, directories of them, or - for standard input.")
    List<String> evidence;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, trace, json, pcap or csv. Default: ${DEFAULT-VALUE}.")
    Form form;

    @Option(
            names = "--call",
            paramLabel = "CALL-ID",
            description = "Only the story with this Call-ID.")
    @Nullable String call;

    @Option(
            names = "--whole",
            description = "With text and json: every header and body, secrets masked.")
    boolean whole;

    @Option(names = "--output", paramLabel = "PATH", description = "Write to this file.")
    @Nullable Path output;

    @Option(
            names = "--fail-at",
            paramLabel = "SEVERITY",
            defaultValue = "medium",
            description =
                    "With text, json and csv: least severity that makes the exit code 1. Default: ${DEFAULT-VALUE}.")
    Severity failAt;

    @Option(
            names = "--link-header",
            paramLabel = "NAME",
            description = "With text: also link calls by this header.")
    List<String> linkHeaders = List.of();

    @Option(
            names = "--redact",
            description =
                    "Replace numbers, names, addresses and digests, the same by the same, so that the output can be sent to others.")
    boolean redact;

    @Mixin KeyLogOption keyLog;

    private final World world;
    private int code;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Show(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        try (var target = output == null ? null : Files.newOutputStream(output)) {
            show(target == null ? world.octets() : target);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return code;
    }

    private void show(OutputStream octets) throws IOException {
        var buffered = new BufferedOutputStream(octets);
        var text = new PrintWriter(buffered, false, StandardCharsets.UTF_8);
        var trial =
                new Trial(
                        Rules.ALL,
                        Setting.DEFAULT.withLinkHeaders(linkHeaders),
                        world.in(),
                        keyLog.read());
        if (redact) trial.redacting(call);
        switch (form) {
            case TEXT, JSON, CSV -> stories(trial, text);
            case TRACE -> messages(trial, new TraceWriter(text));
            case PCAP -> messages(trial, new PcapWriter(buffered));
        }
        text.flush();
    }

    private void messages(Trial trial, Witness plain) throws IOException {
        var writer = new Chosen(call, redact ? trial.redaction(plain) : plain);
        for (var source : Source.of(evidence)) {
            try {
                trial.read(source, writer);
            } catch (IOException e) {
                world.err().println("referee: " + Complaints.of(e));
                code = 2;
            }
        }
    }

    private Shows writer(PrintWriter out, List<String> inputs) {
        return switch (form) {
            case JSON -> new ShowJson(out, whole, inputs);
            case CSV -> new ShowCsv(out, inputs);
            case TEXT, TRACE, PCAP -> new ShowText(out, whole, inputs);
        };
    }

    private void stories(Trial trial, PrintWriter out) throws IOException {
        var sources = Source.of(evidence);
        var wanted = trial.call(call);
        var show = writer(out, sources.stream().map(Source::name).toList());
        var heard =
                trial.hear(
                        sources,
                        verdict -> {
                            var callId = verdict.story().callId();
                            if (wanted.isPresent() && !wanted.get().equals(callId)) return;
                            if (verdict.findings().stream().anyMatch(this::isBad))
                                code = Math.max(code, 1);
                            try {
                                show.write(verdict);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        show.end();
        heard.eachUnread((_, _) -> code = 2);
        Complaints.about(heard, world);
    }

    private boolean isBad(Finding finding) {
        return finding.severity().compareTo(failAt) >= 0;
    }

    /// Passes on the messages of one call, or all, and the ICMP errors about them.
    private static final class Chosen implements Witness {
        private final @Nullable String call;
        private final Witness writer;
        private final Set<Gap.Path> ways = new HashSet<>();

        Chosen(@Nullable String call, Witness writer) {
            this.call = call;
            this.writer = writer;
        }

        @Override
        public void saw(Sighting sighting) {
            var callId = sighting.message().raw(HeaderName.CALL_ID);
            if (call == null) {
                writer.saw(sighting);
            } else if (callId.filter(one -> one.text().equals(call)).isPresent()) {
                ways.add(new Gap.Path(sighting.from(), sighting.to()));
                writer.saw(sighting);
            }
        }

        @Override
        public void missed(Gap gap) {
            if (call == null) writer.missed(gap);
        }

        @Override
        public void unreachable(Unreachable error) {
            if (call == null || ways.contains(new Gap.Path(error.from(), error.to())))
                writer.unreachable(error);
        }
    }
}
