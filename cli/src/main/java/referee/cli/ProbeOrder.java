// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ParameterException;
import referee.agent.LoadPlan;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;

/// A probe as the command line orders it: once or as a load. It runs, and its report is written.
record ProbeOrder(World world, ProbeSpeechOptions speech, ProbeOutputOptions output) {
    private static final String INTERRUPTED = "interrupted";

    /// @return the exit code
    int run(ProbeModule module, String uri) throws IOException {
        try {
            var plan = module.plan(uri);
            var accounts = speech.accounts(world, module.account(uri));
            return once(plan, module.line(uri, accounts), accounts);
        } catch (ProbeModule.Unusable e) {
            throw wrong(e);
        }
    }

    /// @return the exit code
    int run(ProbeModule module, String uri, ProbeLoadOptions repeated) throws IOException {
        try {
            var load = repeated.load(module.plan(uri));
            if (load.isEmpty()) return run(module, uri);
            var accounts = speech.accounts(world, module.account(uri));
            return often(load.get(), module.line(uri, accounts));
        } catch (ProbeModule.Unusable e) {
            throw wrong(e);
        }
    }

    private int once(ProbePlan plan, ProbeWire.Line line, ProbeAccounts accounts)
            throws IOException {
        var current = new AtomicReference<>(new ProbeRun(plan, line, world.err()));
        try (var _ = Ending.by(() -> current.get().stop(INTERRUPTED))) {
            var record = current.get().run();
            if (isRefused(record) && accounts.ask(world.prompt())) {
                current.set(new ProbeRun(plan, line, world.err()));
                record = current.get().run();
            }
            if (output.save().isPresent()) record.save(output.save().get());
            return output.write(new ProbeVerdict(world, plan, record));
        }
    }

    private static boolean isRefused(ProbeRecord record) {
        return record.result().end() == ProbeEnd.CREDENTIALS_REJECTED;
    }

    /// Nobody is asked for a password: a load needs it before it begins.
    private int often(LoadPlan plan, ProbeWire.Line line) throws IOException {
        var run = new LoadRun(world, plan, line);
        try (var _ = Ending.by(() -> run.stop(INTERRUPTED))) {
            return output.write(run.run(output.save()));
        }
    }

    private ParameterException wrong(ProbeModule.Unusable e) {
        return new ParameterException(speech.spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
}
