// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.practice.Party;
import referee.rules.Rules;

/// Practice in virtual time: the diagnosis names every fault that practice commits, or that a weak
/// peer commits because of it, and none where there is none.
class PracticeTest {
    private static final Path TABLE = Path.of("../docs/practice-faults.md");

    @Test
    void everyFaultOfTheCatalogueIsOfferedOrThereIsAReason() throws IOException {
        var known = new TreeSet<String>();
        Rules.ALL.stream().map(Rule::id).forEach(known::add);
        var offered = new TreeSet<String>();
        Fault.all().stream().map(Fault::id).forEach(offered::add);

        assertThat(offered).doesNotContainAnyElementsOf(reasons().keySet());
        offered.addAll(reasons().keySet());
        assertThat(offered).isEqualTo(known);
    }

    @Test
    void everyFaultHasANameOfItsOwn() {
        assertThat(Fault.all()).extracting(Fault::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void raisesNoAlarmWhilePracticeBehavesWell(Occasion occasion) {
        var bout = Bout.fight(occasion, Optional.empty(), Weakness.none());

        assertThat(bout.findings())
                .as("%s", bout.events())
                .filteredOn(finding -> finding.severity().compareTo(Severity.INFO) > 0)
                .extracting(Finding::fault)
                .isEmpty();
    }

    @TestFactory
    List<DynamicTest> noLureMakesAGoodPhoneCommitItsFault() {
        return Fault.all().stream()
                .filter(Fault::isLure)
                .map(fault ->
                        DynamicTest.dynamicTest(
                                fault.name(),
                                () ->
                                        assertThat(found(fault, Weakness.none()))
                                                .doesNotContain(fault.id())))
                .toList();
    }

    @Test
    void theDiagnosisNamesEveryFaultThatIsCommitted() throws IOException {
        var found = found();
        var table = table(found);
        if (Boolean.getBoolean("referee.bless")) Files.writeString(TABLE, table);

        found.forEach((fault, ids) -> assertThat(ids).as(fault.name()).contains(fault.id()));
        assertThat(Files.readString(TABLE)).isEqualTo(table);
    }

    private static Map<Fault, List<String>> found() {
        var found = new LinkedHashMap<Fault, List<String>>();
        for (var fault : Fault.all()) found.put(fault, found(fault, Weaknesses.of(fault.name())));
        return found;
    }

    private static List<String> found(Fault fault, Weakness weakness) {
        return Bout.fight(fault.occasion(), Optional.of(fault), weakness).findings().stream()
                .map(Finding::fault)
                .distinct()
                .sorted()
                .toList();
    }

    /// Why practice does not offer a fault.
    private static Map<String, String> reasons() throws IOException {
        var reasons = new TreeMap<String, String>();
        try (var lines = PracticeTest.class.getResourceAsStream("practice-not-offered.tsv")) {
            assertThat(lines).isNotNull();
            for (var line : new String(lines.readAllBytes(), UTF_8).lines().toList()) {
                var tab = line.indexOf('\t');
                reasons.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return reasons;
    }

    private static String table(Map<Fault, List<String>> found) throws IOException {
        var ids = found.keySet().stream().map(Fault::id).distinct().count();
        var text =
                new StringBuilder(
                        """
                        # Faults that practice commits

                        Of the %d faults of the catalogue practice offers %d, some of them in several ways, named behind a slash; what is left stands at the end.

                        Written by a test in virtual time: the client does what stands in the second column, practice what stands in the third, and the diagnosis of what was on the wire names the fault of the first.
                        A *lure* is right but rare: a weak client goes wrong at it, and the diagnosis names the client's fault. Where it takes a weak peer to do harm, it stands in the last column, and so does what else is found.
                        """
                                .formatted(Rules.ALL.size(), ids));
        for (var party : Party.values()) text.append(section(party, found));
        text.append("\n## Not offered\n\n| fault | why |\n| --- | --- |\n");
        reasons().forEach((fault, why) -> text.append("| `%s` | %s |%n".formatted(fault, why)));
        return text.toString();
    }

    private static String section(Party party, Map<Fault, List<String>> found) {
        var words = party.words();
        return found.entrySet().stream()
                .filter(one -> one.getKey().party() == party)
                .map(one -> row(one.getKey(), one.getValue()))
                .collect(
                        joining(
                                "",
                                "\n## Practice as %s\n\n%s %s.\n\n| fault | the client | practice | |\n| --- | --- | --- | --- |\n"
                                        .formatted(words, "T" + words.substring(1), party.says()),
                                ""));
    }

    private static String row(Fault fault, List<String> found) {
        var others = new ArrayList<>(found);
        others.remove(fault.id());
        var weak = Weaknesses.of(fault.name());
        var notes = new ArrayList<String>();
        if (!weak.words().isEmpty()) notes.add("with " + weak.words());
        if (!weak.account().isEmpty()) notes.add("by `--credentials`");
        if (!others.isEmpty()) notes.add("also " + String.join(", ", others));
        return "| `%s` | %s | %s%s | %s |%n"
                .formatted(
                        fault.name(),
                        fault.occasion().words(),
                        fault.isLure() ? "*lure:* " : "",
                        fault.says(),
                        String.join("; ", notes));
    }
}
