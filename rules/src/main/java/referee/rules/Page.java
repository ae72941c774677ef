// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import referee.diagnosis.Finding;
import referee.diagnosis.Severity;
import referee.reference.Sections;
import referee.reference.Topic;

/// The page of a fault: Markdown with fixed headings.
///
/// Places such as `{contact|the Contact of the REFER}` are filled with the values of a finding;
/// where there is none, and when the page is read on paper, the words after the bar stand.
///
/// @param id the fault's id, its title
/// @param flow its family, the package of its rule: such as `transfer`
/// @param severity unless a finding says otherwise
/// @param summary the sentence below the title
/// @param text the whole page, places filled with their own words
/// @param sections the page cut at its headings, places not yet filled
public record Page(
        String id, String flow, Severity severity, String summary, String text, Sections sections) {

    /// The headings a page must have, in this order.
    public static final List<String> HEADINGS =
            List.of(
                    "Why it matters",
                    "When you see it",
                    "When it is not this",
                    "Whose move",
                    "How to fix",
                    "Confirm it",
                    "Sources");

    static Page read(String flow, Severity severity, String markdown) {
        var sections = Sections.of(markdown);
        var summary = Places.fill(sections.summary(), Map.of());
        return new Page(
                sections.title(),
                flow,
                severity,
                summary,
                Places.fill(markdown, Map.of()),
                sections);
    }

    /// The page as a topic of the reference.
    public Topic topic() {
        return new Topic("fault", id, id, summary, text);
    }

    public String section(String heading) {
        return sections.get(heading);
    }

    /// What to do, for those this finding holds responsible, with its values filled in. A fix
    /// begins with whom it is for, in bold; if none is for them, all are given. Behind them what to
    /// set in the product that the responsible party says it runs.
    public List<String> fixes(Finding finding) {
        var all =
                Fix.all(section("How to fix")).stream()
                        .filter(fix -> isKnown(fix.text(), finding))
                        .toList();
        var general = all.stream().filter(Fix::isForAnyProduct).toList();
        var theirs = general.stream().filter(fix -> fix.isFor(finding)).toList();
        var products = all.stream().filter(fix -> !fix.isForAnyProduct());
        return Stream.concat(
                        (theirs.isEmpty() ? general : theirs).stream(),
                        products.filter(fix -> fix.suits(finding)))
                .map(fix -> fix.filled(finding.values()))
                .toList();
    }

    /// The RFC sections this fault follows from, such as `RFC 3515 §2.4.4`.
    public List<String> references() {
        return section("Sources")
                .lines()
                .filter(line -> line.startsWith("- RFC "))
                .map(line -> line.substring(2).split(" — ", 2)[0].strip())
                .toList();
    }

    /// The command that proves or clears this finding, if the page names one.
    public Optional<String> confirm(Finding finding) {
        var text = section("Confirm it");
        var from = text.indexOf("`referee ");
        var to = text.indexOf('`', from + 1);
        return from < 0 || to < 0
                ? Optional.empty()
                : Optional.of(Places.fill(text.substring(from + 1, to), finding.values()));
    }

    /// The header that would have been right can only be shown where the account is known.
    private static boolean isKnown(String item, Finding finding) {
        return !item.contains("{right|") || finding.values().containsKey("right");
    }
}
