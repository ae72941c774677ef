// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.ArrayList;
import java.util.List;

/// The page of a response code: Markdown with fixed headings.
///
/// Some sections begin with facts of the [Code], a list that the build keeps equal to the data; the
/// words behind it say what the data cannot.
///
/// @param code whose page it is
/// @param text the whole page
/// @param sections the page, cut
public record CodePage(Code code, String text, Sections sections) {
    /// The headings a page must have, in this order.
    public static final List<String> HEADINGS =
            List.of(
                    "Meaning",
                    "When you see it",
                    "When to answer with it",
                    "How to fix",
                    "Who acts",
                    "What must come with it",
                    "What it does",
                    "Retry",
                    "Q.850 and HTTP",
                    "Not to be confused with",
                    "Sources");

    static CodePage of(Code code) {
        var text = Table.text("codes/" + code.number() + ".md");
        return new CodePage(code, text, Sections.of(text));
    }

    /// One sentence: what the answer means.
    public String summary() {
        return sections.summary();
    }

    /// When it is seen: clauses without full stops.
    public List<String> seen() {
        return sections.get("When you see it")
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }

    /// When to answer with it: the first paragraph on that.
    public String answering() {
        return paragraph(sections.get("When to answer with it"));
    }

    /// What to do, in order; each begins with whom it is for.
    public List<String> fixes() {
        return sections.get("How to fix")
                .lines()
                .filter(line -> line.matches("[0-9]+\\. .*"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    /// How a request may be tried again, or why not: the words behind the facts, one paragraph.
    public String retrying() {
        return paragraph(words("Retry"));
    }

    /// Where the facts come from, such as `RFC 3261 §21.4.2 — the code`.
    public List<String> sources() {
        return sections.get("Sources")
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }

    /// A section without the facts it begins with.
    private String words(String heading) {
        var lines = sections.get(heading).strip().lines().toList();
        var words = new ArrayList<String>();
        var facts = true;
        for (var line : lines) {
            facts = facts && (line.startsWith("- ") || line.startsWith("  "));
            if (!facts) words.add(line);
        }
        return String.join("\n", words).strip();
    }

    private static String paragraph(String text) {
        var stripped = text.strip();
        var end = stripped.indexOf("\n\n");
        return (end < 0 ? stripped : stripped.substring(0, end)).replace('\n', ' ');
    }
}
