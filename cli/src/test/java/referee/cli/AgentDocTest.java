// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The tests that docs/agent.md names are there, and each of its behaviours has one.
class AgentDocTest {
    private static final Path ROOT = Path.of("..");
    private static final int BEHAVIOURS = 30;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\| .* \\| (`.*`) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void namesATestThatExistsForEachBehaviour() throws IOException {
        var numbers = new ArrayList<Integer>();
        var row = ROW.matcher(Files.readString(ROOT.resolve("docs/agent.md")));
        while (row.find()) {
            numbers.add(Integer.valueOf(row.group(1)));
            var test = TEST.matcher(row.group(2));
            while (test.find())
                assertThat(source(test.group(1)))
                        .as(test.group())
                        .contains("void " + test.group(2) + "(");
        }
        assertThat(numbers)
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, BEHAVIOURS).boxed().toList());
    }

    private static String source(String test) throws IOException {
        for (var module : List.of("stack", "agent", "practice", "cli")) {
            var file =
                    ROOT.resolve(module)
                            .resolve("src/test/java/referee")
                            .resolve(module)
                            .resolve(test + ".java");
            if (Files.exists(file)) return Files.readString(file);
        }
        return "";
    }
}
