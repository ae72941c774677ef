// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of the page that describes the format, run.
class TraceFormatPageTest {
    /// @param line 1-based number of the fence
    /// @param kind what stands behind the fence
    private record Block(int line, String kind, String text) {}

    @Test
    void everyExampleReadsAndCompletesWholeMessages() throws IOException {
        var examples = blocks().stream().filter(one -> one.kind().equals("trace")).toList();

        assertThat(examples).hasSizeGreaterThan(5);
        for (var example : examples) {
            var seen = new Seen();
            TraceReader.read(example.text(), "trace-format.md:" + example.line(), seen);
            assertThat(seen.sightings).as("line " + example.line()).isNotEmpty();
            Traced.assertWhole(seen.sightings);
        }
    }

    @Test
    void theMessageShownIsTheMessageMade() throws IOException {
        var blocks = blocks();
        for (var i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).kind().equals("sip")) continue;
            var shown = blocks.get(i).text().replace("\n", "\r\n") + "\r\n";
            assertThat(Traced.messages(blocks.get(i - 1).text()))
                    .anyMatch(message -> message.bytes().text().equals(shown));
        }
    }

    @Test
    void theVerbatimExampleHasTheFlawsItShows() throws IOException {
        var example =
                blocks().stream().filter(one -> one.kind().equals("trace verbatim")).findFirst();
        var message = Traced.messages(example.orElseThrow().text()).getFirst();

        assertThat(message.flaws()).extracting("code").containsExactly("line-ends-in-bare-lf");
        assertThat(message.body().text()).isEqualTo("no line end here");
    }

    private static List<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        var text = new StringBuilder();
        var kind = "";
        var from = 0;
        var number = 0;
        for (var line : Files.readAllLines(Path.of("../docs/trace-format.md"))) {
            number++;
            if (!line.startsWith("```")) {
                text.append(line).append('\n');
            } else if (from > 0) {
                blocks.add(new Block(from, kind, text.toString()));
                from = 0;
            } else {
                kind = line.substring(3);
                from = number;
                text.setLength(0);
            }
        }
        return blocks;
    }
}
