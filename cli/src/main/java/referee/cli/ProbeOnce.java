// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import picocli.CommandLine.ParameterException;
import referee.agent.ProbeEnd;

/// One probe from the command line: its options are put together, it runs, its verdict is written.
record ProbeOnce(World world, ProbeSpeechOptions speech, ProbeOutputOptions output) {
    /// @return the exit code
    int run(ProbeModule module, String uri) throws IOException {
        try {
            var plan = module.plan(uri);
            var accounts = speech.accounts(world, module.account(uri));
            var run = new ProbeRun(world, module.line(uri, accounts));
            var record = run.run(plan);
            if (isRefused(record) && accounts.ask(world.prompt())) record = run.run(plan);
            if (output.save().isPresent()) record.save(output.save().get());
            return output.write(new ProbeVerdict(world, plan, record));
        } catch (ProbeModule.Unusable e) {
            throw new ParameterException(
                    speech.spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isRefused(ProbeRecord record) {
        return record.result().end() == ProbeEnd.CREDENTIALS_REJECTED;
    }
}
