// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.agent.ProbePlan;

/// `referee probe register`.
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        header = {
            "Registers, and takes the binding away again.",
            "",
            "  referee probe register sip:alice@example.com --credentials accounts.txt",
            ""
        })
final class ProbeRegisterCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URI",
            description = "The address-of-record, such as sip:alice@example.com.")
    String uri;

    @Option(
            names = {"--registrar", "--proxy"},
            paramLabel = "URI",
            description = "Where to register, instead of the host of URI.")
    @Nullable String registrar;

    @Mixin ProbeSpeechOptions speech;
    @Mixin ProbeLoadOptions load;
    @Mixin ProbeOutputOptions output;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeRegisterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var module =
                ProbeModule.of(ProbePlan.Kind.REGISTER, speech.speech(registrar))
                        .patience(speech.patience());
        return new ProbeOrder(world, speech, output).run(module, uri, load);
    }
}
