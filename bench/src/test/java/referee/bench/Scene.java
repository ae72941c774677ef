// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A labelled trace. Its comments say what has to be found: `# expect: FAULT…` or `# healthy`, what
/// may be found besides (`# allow: FAULT…`), which variations would make another case of it (`#
/// not: NAME…`), and the accounts that digests are recomputed with (`# account: USER REALM
/// PASSWORD`).
record Scene(
        String name,
        Set<String> expected,
        Set<String> allowed,
        Set<String> unfit,
        boolean healthy,
        String accounts,
        String text) {
    private static final Pattern LABEL = Pattern.compile("(?m)^# (expect|allow|not): (.+)$");
    private static final Pattern ACCOUNT = Pattern.compile("(?m)^# account: (.+)$");

    static Scene read(Path file) throws IOException {
        var text = Files.readString(file);
        var scene =
                new Scene(
                        file.getFileName().toString().replace(".trace", ""),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        text.contains("\n# healthy\n"),
                        String.join(
                                "\n",
                                ACCOUNT.matcher(text).results().map(m -> m.group(1)).toList()),
                        text);
        LABEL.matcher(text).results().forEach(label -> scene.take(label.group(1), label.group(2)));
        if (scene.healthy == scene.expected.isEmpty()) return scene;
        throw new IOException(file + " — either '# healthy' or '# expect: FAULT' has to be said");
    }

    private void take(String label, String words) {
        var into =
                switch (label) {
                    case "expect" -> expected;
                    case "allow" -> allowed;
                    default -> unfit;
                };
        into.addAll(Set.of(words.strip().split(" +")));
    }

    boolean fits(String variation) {
        return !unfit.contains(variation);
    }

    /// The same labels for another text.
    Scene with(String other) {
        return new Scene(name, expected, allowed, unfit, healthy, accounts, other);
    }

    /// With each match of `pattern` in the text replaced.
    Scene replacing(
            Pattern pattern, java.util.function.Function<java.util.regex.MatchResult, String> by) {
        return with(pattern.matcher(text).replaceAll(m -> Matcher.quoteReplacement(by.apply(m))));
    }
}
