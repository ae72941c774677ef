// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    /// begins with whom it is for, in bold; if none is for them, all are given.
    public List<String> fixes(Finding finding) {
        var all =
                items(section("How to fix")).stream()
                        .filter(item -> isKnown(item, finding))
                        .toList();
        var theirs = all.stream().filter(item -> isFor(item, finding)).toList();
        return (theirs.isEmpty() ? all : theirs)
                .stream()
                        .map(item -> Places.fill(item.replace("**", ""), finding.values()))
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

    private static boolean isFor(String item, Finding finding) {
        if (!item.startsWith("**")) return true;
        var whom = item.substring(2, Math.max(2, item.indexOf("**", 2))).toLowerCase(Locale.ROOT);
        return finding.responsible().stream().anyMatch(one -> whom.contains(one.role().word()));
    }

    /// The numbered items of a section, down to its first subheading; each on one line.
    private static List<String> items(String section) {
        var items = new ArrayList<String>();
        for (var line : section.lines().toList()) {
            if (line.startsWith("### ")) break;
            var dot = line.indexOf(". ");
            var numbered = dot > 0 && line.substring(0, dot).chars().allMatch(Character::isDigit);
            if (numbered) items.add(line.substring(dot + 2).strip());
            else if (!items.isEmpty() && line.startsWith(" ")) {
                items.add(items.removeLast() + " " + line.strip());
            }
        }
        return items;
    }
}
