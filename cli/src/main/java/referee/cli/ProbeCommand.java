// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `referee probe`: acts as a phone, says what happened and why. What it does stands in the
/// commands below it.
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        header = {
            "Pings, registers, calls or transfers like a phone, and says what happened and why.",
            "",
            "  referee probe options sip:pbx.example.com",
            "  referee probe register sip:alice@example.com --credentials accounts.txt",
            "  referee probe transfer sip:bob@example.com --to sip:carol@example.com",
            ""
        },
        footer = {"", "referee probe KIND --help tells the options of each."})
final class ProbeCommand {
    private ProbeCommand() {}

    static CommandLine commandLine(World world) {
        return new CommandLine(new ProbeCommand())
                .addSubcommand(new ProbeOptionsCommand(world))
                .addSubcommand(new ProbeRegisterCommand(world))
                .addSubcommand(new ProbeCallCommand(world))
                .addSubcommand(new ProbeTransferCommand(world))
                .addSubcommand(new ProbeServeCommand(world));
    }
}
