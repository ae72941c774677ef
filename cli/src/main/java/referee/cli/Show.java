// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.report.ShowText;
import referee.rules.Rules;

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
        PCAP
    }

    @Parameters(
            paramLabel = "EVIDENCE",
            arity = "1..*",
            description = "Captures, traces, directories of them, or - for standard input.")
    List<String> evidence;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, trace or pcap. Default: ${DEFAULT-VALUE}.")
    Form form;

    @Option(
            names = "--call",
            paramLabel = "CALL-ID",
            description = "Only the story with this Call-ID.")
    @Nullable String call;

    @Option(names = "--whole", description = "With text: every header and body, secrets masked.")
    boolean whole;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Show(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var trial = new Trial(Rules.ALL, world.in());
        for (var source : Source.of(evidence)) text(trial, source);
        world.out().flush();
        return 0;
    }

    private void text(Trial trial, Source source) throws IOException {
        var show = new ShowText(world.out(), whole);
        trial.hear(
                source,
                verdict -> {
                    if (call != null && !verdict.story().callId().equals(call)) return;
                    try {
                        show.write(verdict, source.name());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }
}
