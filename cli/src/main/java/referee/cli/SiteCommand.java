// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import referee.report.Site;

/// `referee site DIR`: the whole reference as a web site.
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        header = {
            "Writes the whole reference as a static web site.",
            "",
            "  referee site public",
            ""
        })
final class SiteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Where to; files of the same names are replaced.")
    Path directory;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    SiteCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var files = Site.write(directory, Referee.VERSION);
        world.out().println(files + " files; open " + directory.resolve("index.html"));
        world.out().flush();
        return 0;
    }
}
