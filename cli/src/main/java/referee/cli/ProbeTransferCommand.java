// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.agent.ProbePlan;

/// `referee probe transfer`.
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        header = {
            "Calls, transfers the call, and waits for the outcome that is notified; finds out why where none is.",
            "",
            "  referee probe transfer sip:bob@example.com --to sip:carol@example.com",
            ""
        })
final class ProbeTransferCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URI",
            description = "Whom to call and then to transfer, such as sip:bob@example.com.")
    String uri;

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            required = true,
            description = "Whom the other side is to call instead.")
    String target;

    @Option(names = "--attended", description = "Call the target first, and transfer to that call.")
    boolean attended;

    @Mixin ProbeProxyOption proxy;
    @Mixin ProbeTalkOption talk;
    @Mixin ProbeSpeechOptions speech;
    @Mixin ProbeOutputOptions output;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeTransferCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var module =
                ProbeModule.of(ProbePlan.Kind.TRANSFER, speech.speech(proxy.proxy))
                        .patience(speech.patience())
                        .talk(talk.talk())
                        .to(target, attended);
        return new ProbeOrder(world, speech, output).run(module, uri);
    }
}
