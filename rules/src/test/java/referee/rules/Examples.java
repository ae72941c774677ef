// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.ArrayList;
import java.util.List;

/// The traces of a page, each with the findings that stand below it.
final class Examples {
    /// @param line 1-based line of the trace's fence, for a clickable failure
    /// @param heading the section it stands in
    /// @param trace the text between the fences
    /// @param credentials the text of the `credentials` block before the trace, empty where there
    ///   is none
    /// @param findings the text of the `findings` block that follows
    /// @param readings the text of the `readings` block behind it, empty where there is none
    record Example(
            int line,
            String heading,
            String trace,
            String credentials,
            String findings,
            String readings) {}

    private Examples() {}

    static List<Example> of(String markdown) {
        var examples = new ArrayList<Example>();
        var heading = "";
        var trace = "";
        var credentials = "";
        var at = 0;
        var lines = markdown.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith("## ")) heading = line.substring(3);
            if (line.equals("```credentials")) credentials = block(lines, i + 1);
            if (line.equals("```trace")) {
                at = i + 1;
                trace = block(lines, i + 1);
            }
            if (line.equals("```findings")) {
                var findings = block(lines, i + 1);
                examples.add(new Example(at, heading, trace, credentials, findings, ""));
                credentials = "";
            }
            if (line.equals("```readings")) {
                var last = examples.removeLast();
                examples.add(
                        new Example(
                                at,
                                last.heading(),
                                trace,
                                last.credentials(),
                                last.findings(),
                                block(lines, i + 1)));
            }
        }
        return examples;
    }

    /// The page with each block of this kind replaced, in order.
    static String bless(String markdown, String kind, List<String> contents) {
        var out = new StringBuilder();
        var next = contents.iterator();
        var skipping = false;
        for (var line : markdown.lines().toList()) {
            if (skipping && line.equals("```")) skipping = false;
            if (skipping) continue;
            out.append(line).append('\n');
            if (line.equals("```" + kind)) {
                out.append(next.next());
                skipping = true;
            }
        }
        return out.toString();
    }

    private static String block(List<String> lines, int from) {
        var text = new StringBuilder();
        for (var i = from; i < lines.size() && !lines.get(i).equals("```"); i++) {
            text.append(lines.get(i)).append('\n');
        }
        return text.toString();
    }
}
