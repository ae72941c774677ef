// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;

/// A ladder in text: a column an address, a line a message, findings below.
public final class LadderText {
    private static final int LANE = 30;
    private static final int TIME = 22;

    private final Appendable out;

    public LadderText(Appendable out) {
        this.out = out;
    }

    public void write(Ladder ladder) throws IOException {
        var indent = " ".repeat(TIME);
        line(
                ladder.lanes().stream()
                        .map(one -> cell(one.address()))
                        .collect(joining("", indent, "")));
        if (ladder.lanes().stream().anyMatch(one -> !one.name().isEmpty()))
            line(
                    ladder.lanes().stream()
                            .map(one -> cell(one.name()))
                            .collect(joining("", indent, "")));
        for (var arrow : ladder.arrows()) arrow(arrow);
        notes(ladder);
    }

    private static String cell(String text) {
        var cut = text.length() > LANE - 2 ? text.substring(0, LANE - 3) + "…" : text;
        return cut + " ".repeat(LANE - cut.length());
    }

    private void arrow(Ladder.Arrow arrow) throws IOException {
        var label = arrow.label() + (arrow.again() ? " (again)" : "");
        var left = Math.min(arrow.from(), arrow.to());
        var width = Math.max(1, Math.abs(arrow.to() - arrow.from())) * LANE;
        var shaft =
                new StringBuilder("%-12s %6d  ".formatted(Times.clock(arrow.at()), arrow.frame()));
        shaft.append(" ".repeat(Math.max(0, TIME - shaft.length())));
        for (var i = 0; i < left; i++) shaft.append('|').append(" ".repeat(LANE - 1));
        var room = width - 4;
        var text = label.length() > room ? label.substring(0, room - 1) + "…" : label;
        var rest = "-".repeat(room - text.length());
        var forward = arrow.to() > arrow.from();
        var loop = arrow.to() == arrow.from();
        shaft.append('|')
                .append(loop ? "@ " : forward ? "-" : "<")
                .append(text)
                .append(loop ? "" : rest)
                .append(loop ? "" : forward ? "->|" : "--|");
        var marks = arrow.marks().stream().map(mark -> "[" + mark + "]").collect(joining());
        line(shaft + (marks.isEmpty() ? "" : "  " + marks));
    }

    private void notes(Ladder ladder) throws IOException {
        var findings = ladder.findings();
        if (!findings.isEmpty()) line("");
        for (var i = 0; i < findings.size(); i++) {
            var finding = findings.get(i);
            line("[%d] %s %s".formatted(i + 1, finding.severity().word(), finding.fault()));
            line("    " + Wrap.at(Masking.words(finding.says()), 4));
        }
    }

    private void line(String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
