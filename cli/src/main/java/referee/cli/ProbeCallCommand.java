// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import referee.agent.ProbePlan;

/// `referee probe call`.
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        header = {
            "Calls, talks for a while and hangs up.",
            "",
            "  referee probe call sip:bob@example.com",
            ""
        })
final class ProbeCallCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URI", description = "Whom to call, such as sip:bob@example.com.")
    String uri;

    @Mixin ProbeProxyOption proxy;
    @Mixin ProbeTalkOption talk;
    @Mixin ProbeSpeechOptions speech;
    @Mixin ProbeLoadOptions load;
    @Mixin ProbeOutputOptions output;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeCallCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var module =
                ProbeModule.of(ProbePlan.Kind.CALL, speech.speech(proxy.proxy))
                        .patience(speech.patience())
                        .talk(talk.talk());
        return new ProbeOrder(world, speech, output).run(module, uri, load);
    }
}
