// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import referee.agent.ProbePlan;

/// `referee probe options`.
@Command(
        name = "options",
        mixinStandardHelpOptions = true,
        header = {
            "Asks with OPTIONS whether somebody is there.",
            "",
            "  referee probe options sip:pbx.example.com",
            ""
        })
final class ProbeOptionsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URI", description = "Whom to ask, such as sip:pbx.example.com.")
    String uri;

    @Mixin ProbeProxyOption proxy;
    @Mixin ProbeSpeechOptions speech;
    @Mixin ProbeLoadOptions load;
    @Mixin ProbeOutputOptions output;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeOptionsCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var module =
                ProbeModule.of(ProbePlan.Kind.OPTIONS, speech.speech(proxy.proxy))
                        .patience(speech.patience());
        return new ProbeOrder(world, speech, output).run(module, uri, load);
    }
}
