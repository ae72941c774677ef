// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import referee.rules.Pages;

/// `referee explain refer-no-notify`: a fault's page.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        header = {
            "Shows the page of a fault: why it matters, when you see it, whose move it is, how to fix it.",
            "",
            "  referee explain refer-no-notify",
            ""
        })
final class Explain implements Callable<Integer> {
    @Parameters(paramLabel = "TOPIC", description = "The id of a fault; referee faults lists them.")
    String topic;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Explain(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        var page = Pages.of(topic);
        if (page.isEmpty()) {
            world.err()
                    .println(
                            "referee: no page for '"
                                    + topic
                                    + "' — referee faults lists the topics there are");
            return 2;
        }
        world.out().print(page.get().text());
        world.out().flush();
        return 0;
    }
}
