// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;

/// A ladder as a Mermaid sequence diagram, for wikis and issue trackers.
public final class LadderMermaid {
    private LadderMermaid() {}

    public static void write(Ladder ladder, Appendable out) throws IOException {
        out.append("sequenceDiagram\n");
        for (var i = 0; i < ladder.lanes().size(); i++) {
            var lane = ladder.lanes().get(i);
            var name = lane.name().isEmpty() ? "" : "<br/>" + text(lane.name());
            out.append("    participant L%d as %s%s\n".formatted(i, text(lane.address()), name));
        }
        for (var arrow : ladder.arrows()) arrow(arrow, out);
        for (var i = 0; i < ladder.findings().size(); i++) note(ladder, i, out);
    }

    private static void arrow(Ladder.Arrow arrow, Appendable out) throws IOException {
        var marks = arrow.marks().stream().map(mark -> " [" + mark + "]").collect(joining());
        out.append(
                "    L%d%sL%d: %s %s%s%s\n"
                        .formatted(
                                arrow.from(),
                                arrow.code() == 0 ? "->>" : "-->>",
                                arrow.to(),
                                Times.clock(arrow.at()),
                                text(arrow.label()),
                                arrow.again() ? " (again)" : "",
                                marks));
    }

    private static void note(Ladder ladder, int index, Appendable out) throws IOException {
        var finding = ladder.findings().get(index);
        var over = ladder.lanes().size() < 2 ? "L0" : "L0,L" + (ladder.lanes().size() - 1);
        out.append(
                "    Note over %s: [%d] %s %s: %s\n"
                        .formatted(
                                over,
                                index + 1,
                                finding.severity().word(),
                                finding.fault(),
                                text(Masking.words(finding.says()))));
    }

    /// Characters that mean something to Mermaid become entities.
    private static String text(String words) {
        var plain = new StringBuilder();
        for (var i = 0; i < words.length(); i++) {
            var c = words.charAt(i);
            if ("#;<>\"&%".indexOf(c) >= 0) plain.append('#').append((int) c).append(';');
            else plain.append(c);
        }
        return plain.toString();
    }
}
