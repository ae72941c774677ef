// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import referee.rules.Page;
import referee.rules.Pages;

/// `referee faults`: every fault that is looked for.
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        header = {
            "Lists the faults that are looked for.",
            "",
            "  referee faults --flow transfer",
            ""
        })
final class Faults implements Callable<Integer> {
    @Option(
            names = "--search",
            paramLabel = "WORD",
            arity = "1..*",
            description = "Only those whose page holds all of these words.")
    List<String> words = List.of();

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            description = "Only those of this family: transfer, auth, call, network …")
    @Nullable String flow;

    private final World world;

    Faults(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        var found = Pages.all().stream().filter(this::isWanted).toList();
        for (var page : found) {
            world.out()
                    .printf(
                            "%-36s %-9s %-9s %s%n",
                            page.id(), page.flow(), page.severity().word(), page.summary());
        }
        world.out().flush();
        if (found.isEmpty())
            world.err().println("referee: no such fault — try fewer words, or referee faults");
        return found.isEmpty() ? 2 : 0;
    }

    private boolean isWanted(Page page) {
        var text = page.text().toLowerCase(Locale.ROOT);
        var words = this.words.stream().flatMap(one -> List.of(one.split(" ", -1)).stream());
        return (flow == null || page.flow().equals(flow))
                && words.allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }
}
