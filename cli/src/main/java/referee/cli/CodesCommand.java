// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import referee.reference.Code;
import referee.reference.Codes;
import referee.reference.Search;
import referee.reference.Topic;
import referee.report.ReferenceJson;

/// `referee codes`: every response code.
@Command(
        name = "codes",
        mixinStandardHelpOptions = true,
        header = {
            "Lists the response codes.",
            "",
            "  referee codes --class 4xx",
            "  referee codes --search busy",
            ""
        })
final class CodesCommand implements Callable<Integer> {
    @Option(
            names = "--search",
            paramLabel = "WORD",
            arity = "1..*",
            description = "Only those whose page holds these words, best first.")
    List<String> words = List.of();

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "Only those of this class, such as 4xx.")
    @Nullable String ofClass;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown. Default: ${DEFAULT-VALUE}.")
    PageFormat format;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    CodesCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var found = found().stream().filter(this::isWanted).toList();
        if (found.isEmpty()) {
            world.err()
                    .println("referee: no such code — try fewer words, or a class from 1xx to 6xx");
            return 2;
        }
        switch (format) {
            case TEXT -> found.forEach(this::line);
            case JSON -> ReferenceJson.codes(found, world.out());
            case MARKDOWN ->
                    found.forEach(code ->
                            world.out().println("- **" + code.title() + "**: " + code.says()));
        }
        world.out().flush();
        return 0;
    }

    private void line(Code code) {
        var standing = code.standing().isRegistered() ? "" : " (" + code.standing().words() + ")";
        world.out().printf("%d %-36s %s%s%n", code.number(), code.name(), code.says(), standing);
    }

    private List<Code> found() {
        if (words.isEmpty()) return Codes.all();
        return new Search(Codes.all().stream().map(Topic::of).toList())
                .find(String.join(" ", words)).stream()
                        .flatMap(topic -> Codes.of(Integer.parseInt(topic.name())).stream())
                        .toList();
    }

    private boolean isWanted(Code code) {
        return ofClass == null || code.codeClass().word().equals(ofClass.toLowerCase(Locale.ROOT));
    }
}
