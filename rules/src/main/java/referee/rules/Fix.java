// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import referee.diagnosis.Finding;
import referee.diagnosis.Responsible;

/// A numbered item below "How to fix".
///
/// @param product the subheading it stands below, such as `Asterisk`; empty above the first one
/// @param whom the words in bold it begins with, in lower case; empty where it is for everybody
/// @param text on one line, places not yet filled, the words in bold included
record Fix(String product, String whom, String text) {

    /// The items of this section, in order.
    static List<Fix> all(String section) {
        var fixes = new ArrayList<Fix>();
        var product = "";
        var open = false;
        for (var line : section.lines().toList()) {
            if (line.startsWith("### ")) product = line.substring(4).strip();
            var dot = line.indexOf(". ");
            var numbered = dot > 0 && line.substring(0, dot).chars().allMatch(Character::isDigit);
            if (numbered) fixes.add(of(product, line.substring(dot + 2).strip()));
            else if (open && line.startsWith(" ")) {
                fixes.add(of(product, fixes.removeLast().text() + " " + line.strip()));
            }
            open = numbered || open && line.startsWith(" ");
        }
        return fixes;
    }

    private static Fix of(String product, String text) {
        var end = text.startsWith("**") ? text.indexOf("**", 2) : -1;
        return new Fix(
                product, end < 0 ? "" : text.substring(2, end).toLowerCase(Locale.ROOT), text);
    }

    boolean isForAnyProduct() {
        return product.isEmpty();
    }

    /// Whether it begins with the role of somebody who is responsible, or with none.
    boolean isFor(Finding finding) {
        return finding.responsible().stream().anyMatch(this::isFor);
    }

    /// Whether the product is what a responsible party that it is for says it runs. What either
    /// side says counts for a party that was seen nowhere, and, unless the item is for somebody,
    /// where no responsible party says anything.
    boolean suits(Finding finding) {
        var known = finding.responsible().stream().filter(one -> one.agent().isPresent()).toList();
        for (var one : known) if (isFor(one) && names(one.agent().orElseThrow())) return true;
        var open =
                whom.isEmpty()
                        ? known.isEmpty()
                        : finding.responsible().stream()
                                .anyMatch(one -> one.at().isEmpty() && isFor(one));
        return open && finding.sides().stream().anyMatch(this::names);
    }

    /// With the values of a finding in its places; one for a product begins with its name instead
    /// of whom it is for.
    String filled(Map<String, String> values) {
        var words = text;
        if (!product.isEmpty()) {
            var own = whom.isEmpty() ? text : text.substring(text.indexOf("**", 2) + 2);
            words = product + ": " + own.replaceFirst("^[: ]+", "");
        }
        return Places.fill(words.replace("**", ""), values);
    }

    private boolean isFor(Responsible one) {
        return whom.isEmpty() || whom.contains(one.role().word());
    }

    private boolean names(String agent) {
        return Products.of(agent).filter(product::equals).isPresent();
    }
}
