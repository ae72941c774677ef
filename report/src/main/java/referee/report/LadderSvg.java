// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;

/// A ladder as a drawing in SVG: it scales, it can be read aloud, and it follows the colours around
/// it.
///
/// On a page of ours the style sheet of the page rules the colours; a drawing of its own carries
/// them along and follows the reader's choice of dark or light.
public final class LadderSvg {
    private static final int LANE = 220;
    private static final int LEFT = 130;
    private static final int RIGHT = 60;
    private static final int TOP = 64;
    private static final int STEP = 30;
    private static final int NOTE = 22;
    private static final int LINE = 110;

    /// Per cent of its own width that it shrinks to on a narrow screen; below, it scrolls.
    private static final int SMALLEST = 70;

    private static final String STYLE =
            """
            <style>
            .ladder{color:#1b1f24;background:#fff;font:13px system-ui,sans-serif}
            .ladder .lane{stroke:#b6bec8}.ladder .soft{fill:#57606a}
            .ladder .ok{color:#116329}.ladder .bad{color:#b3261e}.ladder .ask{color:#8a5a00}
            .ladder .mark{fill:#b3261e}
            @media (prefers-color-scheme:dark){
            .ladder{color:#e6edf3;background:#0d1117}.ladder .lane{stroke:#444c56}.ladder .soft{fill:#9aa4af}
            .ladder .ok{color:#6fdd8b}.ladder .bad{color:#ff8a80}.ladder .ask{color:#e3b341}
            .ladder .mark{fill:#ff8a80}}
            </style>
            """;

    private final Ladder ladder;
    private final String id;
    private final String messages;
    private final StringBuilder svg = new StringBuilder();

    /// @param messages what an arrow leads to, its 1-based number apart; empty if to nothing
    private LadderSvg(Ladder ladder, String id, String messages) {
        this.ladder = ladder;
        this.id = id;
        this.messages = messages;
    }

    /// A file of its own.
    public static String whole(Ladder ladder) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + new LadderSvg(ladder, "ladder", "").draw("", STYLE, true);
    }

    /// A part of a page.
    ///
    /// @param id unlike that of any other drawing on the page
    /// @param title what is drawn, for those who hear the page
    static String inline(Ladder ladder, String id, String title) {
        return new LadderSvg(ladder, id, "").draw(title, "", false);
    }

    /// A part of a page whose arrows open their messages.
    ///
    /// @param messages the address of a message without its number, such as `#m1-`
    static String linked(Ladder ladder, String id, String title, String messages) {
        return new LadderSvg(ladder, id, messages).draw(title, "", false);
    }

    private String draw(String title, String style, boolean withNotes) {
        var width =
                LEFT
                        + LANE * Math.max(1, ladder.lanes().size() - 1)
                        + RIGHT
                        + (ladder.lanes().size() > 1 ? 40 : 0);
        var notes = withNotes ? ladder.findings() : List.<referee.diagnosis.Finding>of();
        var bottom = TOP + STEP * ladder.arrows().size() + 16;
        var height =
                bottom
                        + notes.stream().mapToInt(one -> NOTE * lines(one.says())).sum()
                        + (notes.isEmpty() ? 0 : NOTE);
        svg.append(
                "<svg class=\"ladder\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" style=\"max-width:100%%;min-width:%dpx;height:auto\" role=\"img\" aria-labelledby=\"%s-t %s-d\">\n"
                        .formatted(width, height, width, height, width * SMALLEST / 100, id, id));
        svg.append(
                "<title id=\"%s-t\">%s</title>\n"
                        .formatted(id, Html.text(title.isEmpty() ? "Ladder of messages" : title)));
        svg.append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Html.text(aloud())));
        svg.append(style);
        for (var i = 0; i < ladder.lanes().size(); i++) lane(i, bottom - 8);
        for (var i = 0; i < ladder.arrows().size(); i++) {
            if (!messages.isEmpty())
                svg.append("<a href=\"%s%d\">".formatted(Html.text(messages), i + 1));
            arrow(ladder.arrows().get(i), TOP + STEP * i + 18);
            if (!messages.isEmpty()) svg.append("</a>\n");
        }
        var y = bottom + NOTE;
        for (var i = 0; i < notes.size(); i++) y = note(i, y);
        return svg.append("</svg>\n").toString();
    }

    private void lane(int index, int bottom) {
        var lane = ladder.lanes().get(index);
        var x = x(index);
        var top = lane.name().isEmpty() ? lane.address() : lane.name();
        text(x, 22, "middle", "font-weight=\"600\"", cut(top, 30));
        if (!lane.name().isEmpty()) text(x, 40, "middle", "class=\"soft\"", lane.address());
        svg.append(
                "<line class=\"lane\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
                        .formatted(x, TOP - 14, x, bottom));
    }

    private void arrow(Ladder.Arrow arrow, int y) {
        var from = x(arrow.from());
        var to = x(arrow.to());
        var loop = from == to;
        svg.append(
                "<g class=\"%s\" data-frame=\"%d\">".formatted(tone(arrow.code()), arrow.frame()));
        text(8, y + 4, "start", "class=\"soft\"", Times.clock(arrow.at()));
        var forward = to > from;
        var path =
                loop
                        ? "M%d %d h40 v8 h-34".formatted(from, y)
                        : "M%d %d H%d".formatted(from, y, forward ? to - 8 : to + 8);
        var tip = loop ? from + 2 : forward ? to - 1 : to + 1;
        var back = forward && !loop ? -9 : 9;
        svg.append(
                "<path d=\"%s\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"%s/>"
                        .formatted(path, arrow.code() == 0 ? "" : " stroke-dasharray=\"5 3\""));
        svg.append(
                "<path d=\"M%d %d l%d -4 v8z\" fill=\"currentColor\"/>"
                        .formatted(tip, loop ? y + 8 : y, back));
        var label = arrow.label() + (arrow.again() ? " (again)" : "");
        var room = loop ? 28 : Math.max(1, Math.abs(arrow.to() - arrow.from())) * 34;
        var middle = loop ? from + 20 : (from + to) / 2;
        text(middle, y - 5, loop ? "start" : "middle", "fill=\"currentColor\"", cut(label, room));
        var x = Math.max(from, to) + (loop ? 60 : 18);
        for (var mark : arrow.marks()) {
            svg.append("<circle class=\"mark\" cx=\"%d\" cy=\"%d\" r=\"9\"/>".formatted(x, y));
            text(x, y + 4, "middle", "fill=\"#fff\" font-size=\"11\"", String.valueOf(mark));
            x += 21;
        }
        svg.append("</g>\n");
    }

    private int note(int index, int y) {
        var finding = ladder.findings().get(index);
        var words =
                "[%d] %s %s: %s"
                        .formatted(
                                index + 1,
                                finding.severity().word(),
                                finding.fault(),
                                finding.says());
        var next = y;
        for (var part : wrap(Masking.words(words))) {
            text(8, next, "start", "", part);
            next += NOTE;
        }
        return next;
    }

    private static int lines(String says) {
        return wrap(says + " ".repeat(40) + ".").size();
    }

    private static List<String> wrap(String words) {
        var lines = new java.util.ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() > LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void text(int x, int y, String anchor, String more, String words) {
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>"
                        .formatted(
                                x,
                                y,
                                anchor,
                                more.isEmpty()
                                        ? "fill=\"currentColor\""
                                        : more.contains("fill") || more.contains("class")
                                                ? more
                                                : more + " fill=\"currentColor\"",
                                Html.text(words)));
    }

    private static int x(int lane) {
        return LEFT + LANE * lane;
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most - 1) + "…" : text;
    }

    private static String tone(int code) {
        return switch (code / 100) {
            case 2 -> "ok";
            case 3 -> "ask";
            case 4, 5, 6 -> code == 401 || code == 407 ? "ask" : "bad";
            default -> "plain";
        };
    }

    /// The messages in words, for those who hear the page.
    private String aloud() {
        var words = new StringBuilder();
        for (var arrow : ladder.arrows()) {
            if (words.length() > 2000) return words.append("and more.").toString();
            words.append(
                    "%s to %s: %s%s. "
                            .formatted(
                                    name(arrow.from()),
                                    name(arrow.to()),
                                    arrow.label(),
                                    arrow.again() ? ", again" : ""));
        }
        return words.toString().strip();
    }

    private String name(int index) {
        var lane = ladder.lanes().get(index);
        return lane.name().isEmpty() ? lane.address() : lane.name();
    }
}
