// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option of probes that call.
final class ProbeTalkOption {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--talk",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "How long a call stands before it is ended or transferred. Default: ${DEFAULT-VALUE}.")
    int talk;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeTalkOption() {}

    Duration talk() {
        return ProbeSpeechOptions.seconds(spec, "--talk", talk, 0);
    }
}
