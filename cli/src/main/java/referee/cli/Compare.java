// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.reference.Comparison;
import referee.reference.ComparisonPage;
import referee.report.PageText;
import referee.report.ReferenceJson;

/// `referee compare 401 407`: two response codes side by side.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        header = {
            "Sets two response codes side by side: what differs, when you see which, when to use which.",
            "",
            "  referee compare 401 407",
            ""
        })
final class Compare implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "A response code, or a class such as 4xx.")
    String left;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    String right;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown. Default: ${DEFAULT-VALUE}.")
    PageFormat format;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Compare(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var comparison = Comparison.of(left, right);
        if (comparison.isEmpty()) {
            world.err()
                    .println(
                            "referee: cannot compare '%s' and '%s' — give two codes from 100 to 699, or classes such as 4xx"
                                    .formatted(left, right));
            return 2;
        }
        switch (format) {
            case TEXT ->
                    world.out()
                            .print(PageText.of(ComparisonPage.of(comparison.get()), world.ink()));
            case JSON -> ReferenceJson.write(comparison.get(), world.out());
            case MARKDOWN -> world.out().print(ComparisonPage.of(comparison.get()));
        }
        world.out().flush();
        return 0;
    }
}
