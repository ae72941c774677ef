// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `diagnose` says of evidence.
///
/// @param faults the ids of what was found, but for what is only worth knowing
/// @param text all of it, for whoever has to find out why
record Judged(Set<String> faults, String text) {
    private static final Pattern FAULT = Pattern.compile("\"fault\": \"([^\"]+)\"");
    private static final Pattern SEVERITY = Pattern.compile("\"severity\": \"([^\"]+)\"");
    private static final Pattern SUCCEEDED = Pattern.compile("\"succeeded\": (\\d+)");
    private static final Pattern MESSAGES = Pattern.compile("\"messages\": (\\d+)");

    Judged {
        faults = Set.copyOf(faults);
    }

    static Judged of(Path... evidence) {
        var arguments = new ArrayList<>(List.of("diagnose", "--format", "json"));
        for (var one : evidence) arguments.add(one.toString());
        var session = Session.run(arguments.toArray(String[]::new));
        if (session.code() > 1) throw new AssertionError(session.err());
        var ids = FAULT.matcher(session.out());
        var severities = SEVERITY.matcher(session.out());
        var faults = new TreeSet<String>();
        while (ids.find() && severities.find()) {
            if (!severities.group(1).equals("info")) faults.add(ids.group(1));
        }
        return new Judged(faults, session.out());
    }

    /// How many stories ended as they should.
    int succeeded() {
        return number(SUCCEEDED.matcher(text));
    }

    int messages() {
        return number(MESSAGES.matcher(text));
    }

    private static int number(Matcher found) {
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
