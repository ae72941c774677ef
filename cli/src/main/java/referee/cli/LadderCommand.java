// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.diagnosis.Setting;
import referee.diagnosis.Verdict;
import referee.report.Ladder;
import referee.report.LadderMermaid;
import referee.report.LadderSvg;
import referee.report.LadderText;
import referee.rules.Rules;

/// `referee ladder call.pcap --call ID`: one case, drawn.
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        header = {
            "Draws one case as a ladder of messages.",
            "",
            "  referee ladder call.pcap --call a84b4c76e66710",
            "  referee ladder call.pcap --as svg > call.svg",
            ""
        })
final class LadderCommand implements Callable<Integer> {
    enum Form {
        TEXT,
        SVG,
        MERMAID
    }

    @Parameters(
            paramLabel = "EVIDENCE",
            description = "A capture, a log, a trace, or a directory of them.")
    String evidence;

    @Option(
            names = "--call",
            paramLabel = "CALL-ID",
            description =
                    "The Call-ID, or its beginning. May be left out if there is one case only.")
    @Nullable String call;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, svg or mermaid. Default: ${DEFAULT-VALUE}.")
    Form form;

    @Option(
            names = "--redact",
            description =
                    "Replace numbers, names, addresses and digests, the same by the same, so that the drawing can be sent to others.")
    boolean redact;

    @Mixin KeyLogOption keyLog;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    LadderCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var sources = Source.of(List.of(evidence));
        if (sources.stream().anyMatch(Source::isStandardInput)) {
            world.err()
                    .println("referee: ladder reads the evidence twice — give a file instead of -");
            return 2;
        }
        var trial = new Trial(Rules.ALL, Setting.DEFAULT, world.in(), keyLog.read());
        if (redact) trial.redacting(call);
        var wanted = trial.call(call);
        var cases = new LinkedHashMap<String, String>();
        var first =
                trial.hear(
                        sources, verdict -> cases.put(verdict.story().callId(), verdict.caseId()));
        if (Complaints.about(first, world)) return 2;
        var chosen =
                cases.entrySet().stream()
                        .filter(one -> isChosen(one.getKey(), wanted))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList();
        if (chosen.size() != 1) return unclear(cases, chosen.size());
        var verdicts = new ArrayList<Verdict>();
        var heard =
                trial.hear(
                        sources,
                        verdict -> {
                            if (verdict.caseId().equals(chosen.getFirst())) verdicts.add(verdict);
                        });
        var ladder = Ladder.of(verdicts, heard.names());
        switch (form) {
            case TEXT -> new LadderText(world.out()).write(ladder);
            case SVG -> world.out().print(LadderSvg.whole(ladder));
            case MERMAID -> LadderMermaid.write(ladder, world.out());
        }
        world.out().flush();
        return 0;
    }

    private static boolean isChosen(String callId, Optional<String> wanted) {
        return wanted.isEmpty() || callId.startsWith(wanted.get());
    }

    private int unclear(Map<String, String> cases, int matches) {
        var why = matches == 0 ? "no such call" : matches + " cases to choose from";
        world.err().println("referee: " + evidence + " — " + why + " — name one with --call:");
        cases.keySet().stream().limit(20).forEach(callId -> world.err().println("  " + callId));
        if (cases.size() > 20)
            world.err().println("  and " + (cases.size() - 20) + " more: referee show " + evidence);
        return 2;
    }
}
