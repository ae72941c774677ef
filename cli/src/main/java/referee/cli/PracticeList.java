// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.practice.Party;

/// The faults that practice commits, for a terminal: by who commits them, and what sets them off.
final class PracticeList {
    private static final int WIDTH = 100;
    private static final int NAME = 4;
    private static final int TEXT = 46;

    private PracticeList() {}

    static void print(PrintWriter out) {
        for (var party : Party.values()) {
            out.println(party.words() + ", who " + party.says());
            var faults = Fault.all().stream().filter(fault -> fault.party() == party).toList();
            var occasions = new LinkedHashSet<>(faults.stream().map(Fault::occasion).toList());
            for (var occasion : occasions) {
                out.println("  " + when(occasion));
                faults.stream()
                        .filter(fault -> fault.occasion() == occasion)
                        .forEach(fault -> print(out, fault));
            }
            out.println();
        }
        out.println(
                "A lure is right but rare: a weak client goes wrong at it, a good one does not.");
        out.flush();
    }

    /// One that is being committed.
    static String line(Fault fault) {
        return "%s: %s, %s"
                .formatted(fault.isLure() ? "lure" : "fault", fault.says(), when(fault.occasion()));
    }

    private static String when(Occasion occasion) {
        return "when " + occasion.words().replaceFirst("^it ", "the phone ");
    }

    private static void print(PrintWriter out, Fault fault) {
        var lead = " ".repeat(NAME) + fault.name();
        var lines = wrapped((fault.isLure() ? "lure: " : "") + fault.says());
        var fits = lead.length() < TEXT;
        out.println(fits ? lead + " ".repeat(TEXT - lead.length()) + lines.getFirst() : lead);
        lines.stream().skip(fits ? 1 : 0).forEach(line -> out.println(" ".repeat(TEXT) + line));
    }

    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && TEXT + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) line.append(' ');
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
