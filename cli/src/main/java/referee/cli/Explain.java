// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import referee.reference.Topic;
import referee.report.PageText;
import referee.report.ReferenceJson;
import referee.report.Topics;

/// `referee explain 401`: the page of a response code, a fault, or another word of SIP.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        header = {
            "Explains a response code, a fault, a method, an option tag, a Q.850 cause ...",
            "",
            "  referee explain 401",
            "  referee explain refer-no-notify",
            "  referee explain \"warning 305\"",
            "  referee explain --search no notify",
            ""
        })
final class Explain implements Callable<Integer> {
    private static final int MOST_HITS = 20;

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "What is to be explained; or, with --search, words to look for.")
    List<String> topic = List.of();

    @Option(names = "--search", description = "Look for these words on all pages, best first.")
    boolean search;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown. Default: ${DEFAULT-VALUE}.")
    PageFormat format;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    Explain(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var words = String.join(" ", topic);
        if (words.isBlank()) {
            world.err()
                    .println(
                            "referee: explain what? — referee explain 401, or referee codes and referee faults for what there is");
            return 2;
        }
        var code = search ? search(words) : explain(words);
        world.out().flush();
        return code;
    }

    private int explain(String words) throws IOException {
        var topics = Topics.named(words);
        if (topics.isEmpty()) return unknown(words);
        print(topics.getFirst());
        var others = topics.subList(1, topics.size());
        if (format == PageFormat.TEXT && !others.isEmpty()) {
            world.out().println();
            for (var other : others)
                world.out().println("Also: referee explain " + PageFormat.quoted(other.title()));
        }
        return 0;
    }

    private void print(Topic one) throws IOException {
        switch (format) {
            case TEXT -> world.out().print(PageText.of(one.text(), world.ink()));
            case JSON -> ReferenceJson.write(one, world.out());
            case MARKDOWN -> world.out().print(one.text());
        }
    }

    private int search(String words) throws IOException {
        var found = Topics.search(words);
        if (found.isEmpty()) {
            world.err()
                    .println(
                            "referee: nothing about '"
                                    + words
                                    + "' — try fewer words, or referee codes and referee faults for what there is");
            return 2;
        }
        if (format == PageFormat.JSON) {
            ReferenceJson.hits(found, world.out());
            return 0;
        }
        for (var one : found.stream().limit(MOST_HITS).toList()) line(one);
        if (found.size() > MOST_HITS)
            world.out().println("and " + (found.size() - MOST_HITS) + " more: add a word");
        return 0;
    }

    private void line(Topic one) {
        if (format == PageFormat.MARKDOWN)
            world.out().println("- **" + one.title() + "** (" + one.kind() + "): " + one.summary());
        else world.out().printf("%-36s %-12s %s%n", one.title(), one.kind(), one.summary());
    }

    private int unknown(String words) {
        var near = Topics.search(words).stream().limit(3).map(Topic::title).toList();
        var hint =
                near.isEmpty()
                        ? "referee codes and referee faults list what there is"
                        : "did you mean " + String.join(", ", near) + "?";
        world.err().println("referee: no page for '" + words + "' — " + hint);
        return 2;
    }
}
