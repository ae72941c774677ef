// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/// A Markdown page cut at its headings of the second level.
///
/// @param title the heading of the first level
/// @param summary the text between the title and the first heading of the second level
/// @param text heading to the text below it, in the order of the page
public record Sections(String title, String summary, Map<String, String> text) {
    public static Sections of(String markdown) {
        var lines = markdown.lines().toList();
        var sections = new LinkedHashMap<String, String>();
        var heading = "";
        var text = new StringBuilder();
        var fenced = false;
        for (var line : lines.subList(1, lines.size())) {
            if (line.startsWith("```")) fenced = !fenced;
            if (!fenced && line.startsWith("## ")) {
                sections.put(heading, text.toString());
                heading = line.substring(3).strip();
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        sections.put(heading, text.toString());
        var summary = sections.getOrDefault("", "").strip();
        sections.remove("");
        return new Sections(lines.getFirst().replaceFirst("^# ", "").strip(), summary, sections);
    }

    /// The text below this heading, empty if there is none.
    public String get(String heading) {
        return text.getOrDefault(heading, "");
    }
}
