// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import referee.diagnosis.Finding;
import referee.diagnosis.Severity;
import referee.rules.Rules;

/// Has every case judged and counts what was found, what was missed and what was made up.
final class Scoreboard {
    /// What became of the cases of one fault.
    private static final class Count {
        int cases;
        int found;
        int falsely;
    }

    private final Map<String, Count> counts = new TreeMap<>();
    private final Set<String> misses = new TreeSet<>();
    private final Set<String> alarms = new TreeSet<>();
    private final Set<String> healthyAlarms = new TreeSet<>();
    private int scenes;
    private int cases;
    private int healthyScenes;
    private int healthy;
    private int cuts;

    static Scoreboard of(Path folder) throws IOException {
        var board = new Scoreboard();
        Rules.ALL.forEach(rule -> board.counts.put(rule.id(), new Count()));
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".trace")).sorted().toList();
        }
        for (var file : files) {
            var scene = Scene.read(file);
            if (scene.healthy()) board.healthy(scene);
            else board.faulty(scene);
        }
        return board;
    }

    List<String> healthyAlarms() {
        return List.copyOf(healthyAlarms);
    }

    Set<String> faultsWithFewerCasesThan(int least) {
        var few = new TreeSet<String>();
        counts.forEach((fault, count) -> {
            if (count.cases < least) few.add(fault);
        });
        return few;
    }

    int healthyCases() {
        return healthyScenes;
    }

    private void faulty(Scene scene) throws IOException {
        scenes++;
        for (var variation : Variation.values()) {
            var tape = variation.of(scene);
            if (tape.isEmpty()) continue;
            cases++;
            var findings = tape.get().findings(scene.accounts());
            var found = new TreeSet<>(findings.stream().map(Finding::fault).toList());
            for (var fault : scene.expected()) {
                var count = counts.computeIfAbsent(fault, _ -> new Count());
                count.cases++;
                if (found.contains(fault)) count.found++;
                else misses.add("`%s` in %s".formatted(fault, place(scene, variation)));
            }
            for (var fault : alarms(findings)) {
                if (scene.expected().contains(fault) || scene.allowed().contains(fault)) continue;
                counts.get(fault).falsely++;
                alarms.add("`%s` in %s".formatted(fault, place(scene, variation)));
            }
        }
    }

    private void healthy(Scene scene) throws IOException {
        healthyScenes++;
        for (var variation : Variation.values()) {
            var tape = variation.of(scene);
            if (tape.isEmpty()) continue;
            healthy++;
            mustBeSilent(tape.get(), scene, place(scene, variation));
        }
        var whole = Tape.of(scene);
        for (var i = 1; i < whole.events().size(); i++) {
            cuts += 2;
            mustBeSilent(whole.cut(0, i), scene, scene.name() + ", cut after message " + i);
            mustBeSilent(
                    whole.cut(i, whole.events().size()),
                    scene,
                    scene.name() + ", begun after message " + i);
        }
    }

    private void mustBeSilent(Tape tape, Scene scene, String place) {
        for (var fault : alarms(tape.findings(scene.accounts()))) {
            counts.get(fault).falsely++;
            healthyAlarms.add("`%s` in %s".formatted(fault, place));
        }
    }

    private static Set<String> alarms(List<Finding> findings) {
        var alarms = new TreeSet<String>();
        for (var one : findings)
            if (one.severity().compareTo(Severity.INFO) > 0) alarms.add(one.fault());
        return alarms;
    }

    private static String place(Scene scene, Variation variation) {
        return scene.name() + ", " + variation.says();
    }

    /// The scoreboard as a page.
    String page() {
        var out = new ArrayList<String>();
        var sum = sum();
        out.add("# How often Referee is right");
        out.add("");
        out.add(
                "%d faults · %d cases with a fault from %d traces · %d healthy cases from %d traces, and %d more cut at every point"
                        .formatted(counts.size(), cases, scenes, healthy, healthyScenes, cuts));
        out.add("");
        out.add(
                "Recall %s (%d of %d found) · precision %s (%d found, %d false) · healthy cases with an alarm: %d"
                        .formatted(
                                ratio(sum.found, sum.cases),
                                sum.found,
                                sum.cases,
                                ratio(sum.found, sum.found + sum.falsely),
                                sum.found,
                                sum.falsely,
                                healthyAlarms.size()));
        out.add("");
        how(out);
        table(out);
        list(out, "Missed", misses);
        list(out, "False alarms in cases with another fault", alarms);
        list(out, "False alarms in healthy cases", healthyAlarms);
        return String.join("\n", out) + "\n";
    }

    private static void how(List<String> out) {
        out.add("## How this is made");
        out.add("");
        out.add(
                "`./referee-score` writes this page; a test fails when it is stale, and when a healthy case raises anything above info. The cases are the traces in `bench/score`: each says what has to be found in it (`expect`), what may be found besides (`allow`), or that it is healthy. Each is told in several ways that change nothing for a person who knows SIP, unless the trace says that such a telling would be another case (`not`):");
        out.add("");
        for (var variation : Variation.values()) out.add("- " + variation.says());
        out.add("");
        out.add(
                "Healthy ones are also begun after, and cut off after, each of their messages. A finding that is neither expected nor allowed, and is above info, is a false alarm; each fault of a case counts once.");
        out.add("");
        out.add(
                "What it does not show: the traces are made by the project that made the rules, from what the RFCs and field reports say, not recorded in the field. Real networks break in ways nobody wrote down. A recall of 1.00 here means that no case we thought of is missed.");
        out.add("");
    }

    private void table(List<String> out) {
        out.add("## Fault by fault");
        out.add("");
        out.add("| fault | cases | found | missed | false | precision | recall |");
        out.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        counts.forEach((fault, one) -> out.add(row("`" + fault + "`", one)));
        out.add(row("all", sum()));
        out.add("");
    }

    private static String row(String name, Count one) {
        return "| %s | %d | %d | %d | %d | %s | %s |"
                .formatted(
                        name,
                        one.cases,
                        one.found,
                        one.cases - one.found,
                        one.falsely,
                        ratio(one.found, one.found + one.falsely),
                        ratio(one.found, one.cases));
    }

    private Count sum() {
        var sum = new Count();
        for (var one : counts.values()) {
            sum.cases += one.cases;
            sum.found += one.found;
            sum.falsely += one.falsely;
        }
        return sum;
    }

    private static String ratio(int part, int whole) {
        if (whole == 0) return "–";
        var percent = part * 100 / whole;
        return String.format(Locale.ROOT, "%d.%02d", percent / 100, percent % 100);
    }

    private static void list(List<String> out, String title, Set<String> lines) {
        out.add("## " + title);
        out.add("");
        if (lines.isEmpty()) out.add("None.");
        for (var line : lines) out.add("- " + line);
        out.add("");
    }
}
