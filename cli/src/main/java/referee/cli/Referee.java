// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program itself: what stands above the commands.
@Command(
        name = "referee",
        mixinStandardHelpOptions = true,
        version = Referee.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        header = {
            "Reads SIP evidence and rules on it: what each answer means, whose move it is, the exact fix.",
            "",
            "  referee diagnose call.pcap",
            ""
        },
        subcommands = CommandLine.HelpCommand.class)
final class Referee implements Runnable {
    static final String VERSION = "0.1.0";

    @Spec CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    Referee() {}

    static CommandLine commandLine(World world) {
        var line =
                new CommandLine(new Referee())
                        .addSubcommand(new Diagnose(world))
                        .addSubcommand(new Show(world))
                        .addSubcommand(new LadderCommand(world))
                        .addSubcommand(new Explain(world))
                        .addSubcommand(new Compare(world))
                        .addSubcommand(new CodesCommand(world))
                        .addSubcommand(new Faults(world))
                        .addSubcommand(new PracticeCommand(world))
                        .addSubcommand(ProbeCommand.commandLine(world))
                        .addSubcommand(new SiteCommand(world));
        line.setOut(world.out()).setErr(world.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((problem, _) -> {
            world.err().println("referee: " + complaint(problem));
            return 2;
        });
        line.setExecutionExceptionHandler((exception, _, _) -> {
            world.err().println("referee: " + Complaints.of(exception));
            return 2;
        });
        return line;
    }

    /// One line: what is wrong, what was perhaps meant, and where the options are told.
    private static String complaint(ParameterException problem) {
        var command = problem.getCommandLine().getCommandSpec().qualifiedName();
        var meant = "";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            var suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) meant = "; is it " + String.join(", ", suggestions) + "?";
        }
        return "%s%s — see %s --help".formatted(problem.getMessage(), meant, command);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
