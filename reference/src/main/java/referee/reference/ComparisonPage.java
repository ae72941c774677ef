// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.List;

/// A comparison as Markdown.
public final class ComparisonPage {
    private final Comparison comparison;
    private final StringBuilder page = new StringBuilder();

    private ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    public static String of(Comparison comparison) {
        return new ComparisonPage(comparison).write();
    }

    private String write() {
        var left = comparison.left();
        var right = comparison.right();
        var pages = List.of(comparison.leftPage(), comparison.rightPage());
        line("# " + (comparison.isOfOne() ? left.title() : left.title() + " and " + right.title()));
        for (var note : comparison.notes()) paragraph(note);
        paragraph(comparison.lead());
        if (comparison.isOfOne()) {
            paragraph(comparison.leftPage().summary());
            neighbours(left);
            return page.toString();
        }
        heading("What each means");
        for (var one : pages) line("- **" + one.code().title() + "**: " + one.summary());
        heading("Key differences");
        comparison.differences().forEach(this::difference);
        if (!comparison.shared().isEmpty()) heading("What they share");
        for (var sentence : comparison.shared()) line("- " + sentence);
        heading("When you see which");
        pages.forEach(this::seen);
        heading("When to answer with which");
        for (var one : pages) line("- " + one.answering());
        heading("How to fix");
        pages.forEach(this::fixes);
        return page.toString();
    }

    private void difference(Comparison.Difference one) {
        line(
                "- **%s**: %d %s; %d %s."
                        .formatted(
                                one.about(),
                                comparison.left().number(),
                                one.left(),
                                comparison.right().number(),
                                one.right()));
    }

    private void seen(CodePage one) {
        line("- **" + one.code().number() + "**");
        for (var words : one.seen()) line("  - " + words);
    }

    private void fixes(CodePage one) {
        line("- **" + one.code().number() + "**");
        for (var words : one.fixes()) line("  - " + words);
        line("  - May it be sent again? " + one.code().retry().answer() + ". " + one.retrying());
    }

    private void neighbours(Code code) {
        var others = Pairs.with(code);
        if (others.isEmpty()) return;
        heading("Not to be confused with");
        others.forEach((other, words) ->
                line("- **" + other.title() + "**: " + Words.firstSentence(words)));
    }

    private void heading(String text) {
        line("");
        line("## " + text);
        line("");
    }

    private void paragraph(String text) {
        line("");
        line(text);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
